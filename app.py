"""The WSGI application of an initialised instance; ``python app.py`` serves it."""

from tracker.cli.serving import application, serve

app = application()

if __name__ == "__main__":
    serve(app)

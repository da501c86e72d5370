"""Screens: followings."""

"""Whom an article names: entity names, name chains, roles, descriptions and pronouns."""

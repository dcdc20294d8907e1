"""The tables of the lower app; import models from here."""

from reader.models.articles import Article, ArticleVersion
from reader.models.audit import AuditEntry
from reader.models.documents import RawDocument
from reader.models.feeds import Feed, FeedEntry, FeedPoll, FeedTrial
from reader.models.imports import ColumnMapping, ImportBatch, ImportContainer, ImportItem
from reader.models.invitations import Invitation, MailCount
from reader.models.people import Desk, Membership, Role, User
from reader.models.seen import StorySeen
from reader.models.sources import Source
from reader.models.stories import Story

__all__ = [
    "Article",
    "ArticleVersion",
    "AuditEntry",
    "ColumnMapping",
    "Desk",
    "Feed",
    "FeedEntry",
    "FeedPoll",
    "FeedTrial",
    "ImportBatch",
    "ImportContainer",
    "ImportItem",
    "Invitation",
    "MailCount",
    "Membership",
    "RawDocument",
    "Role",
    "Source",
    "Story",
    "StorySeen",
    "User",
]

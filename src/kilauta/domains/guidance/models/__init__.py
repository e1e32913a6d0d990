"""What is kept of help: asked for, passed on, given, and what was said of it."""

from .feedback import FeedbackFile, HelpFeedback
from .referrals import Referral
from .requests import HelpRequest, RequestPromise
from .sessions import GuidanceSession, Share, Tag
from .settings import LogSettings
from .starts import StartRequest

__all__ = [
    "FeedbackFile",
    "GuidanceSession",
    "HelpFeedback",
    "HelpRequest",
    "LogSettings",
    "Referral",
    "RequestPromise",
    "Share",
    "StartRequest",
    "Tag",
]

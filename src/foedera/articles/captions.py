"""Captions that no photo credit gives away: lines that describe a picture."""

from __future__ import annotations

import re
from typing import Final

from .prose import Shape

_SPEECH: Final = re.compile(
    r"\b(?:said|says|told|added|announced|according to|warned|stated|noted|argued|would|could|will|has|have|had|"
    r"were|was|"
    r"did|does|(?-i:may)|might|should|must|can|reported|claimed|agreed|urged|called)\b|[\"“”]",
    re.IGNORECASE,
)
_SEEN: Final = re.compile(
    r"\b(?:shakes?|shaking|poses?|posing|waves?|waving|walks?|walking|speaks?|speaking|attends?|attending|"
    r"delivers?|delivering|"
    r"looks? on|listens?|gestures?|gesturing|arrives?|arriving|greets?|greeting|talks?|holds?|holding|meets?|"
    r"meeting|inspects?|"
    r"inspecting|stands?|standing|sits?|sitting|signs?|signing|reviews?|leaves?|leaving|addresses|addressing|"
    r"toasts?|raises?|"
    r"smiles?|watch(?:es)?|watching|takes? part|takes? questions|answers?|bows?|salutes?|boards?|tours?|visits?|"
    r"visiting|welcomes?|"
    r"welcoming|sails?|fl(?:y|ies)|fires?|burns?|gathers?|gather|march(?:es)?|marching|protests?|chants?|"
    r"exchanges?|embraces?|hugs?|"
    r"cuts?|unveils?|plants?|lays?|pays?|is seen|are seen|seen|shown|pictured|"
    r"launch(?:es)?|prepares?|takes? off|lands?|loads?|unloads?|drives?|passes|cross(?:es)?|patrols?|checks?|"
    r"wears?|carr(?:y|ies)|"
    r"rides?|lines? up|waits?|mourns?|prays?|lights?|rests?|flutters?|moored|docked|parked|displayed|aboard)\b"
)
_SETTING: Final = re.compile(
    r"\b(?:during|prior to|ahead of|before (?:their|the|a|talks)|after (?:their|the|a|talks|signing)|following|"
    r"at (?:the|a|an|his|her|their)\b|in front of|outside|inside|near|"
    r"alongside|on the sidelines|in (?:the )?(?:\w+ern |central )?[A-Z]\w+|at [A-Z]\w+)"
)
_DAY: Final = re.compile(
    r"\b(?:on |in )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ?)?(?:(?:jan|feb|mar|apr|may|june?|july?|aug|"
    r"sept?|oct|nov|dec)\w*\.? "
    r"\d{1,2}(?:, \d{4})?|\d{1,2} (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\w*\.?(?: \d{4})?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:19|20)\d\d)\.?\W*(?:[(\[/|][^()\[\]]{2,60}[)\]]?\W*)?$",
    re.IGNORECASE,
)
_AGENCY_TAIL: Final = re.compile(
    r"[(\[/|—–-]\s?(?:AP|AFP|EPA|EFE|EPA-EFE|Reuters|REUTERS|Yonhap|Kyodo|Xinhua|Newsis|TASS|Tass|Bloomberg|Getty|"
    r"ANSA|DPA|"
    r"dpa|Jiji|Anadolu|AA|VNA|KCNA|Handout|Pool|PTI|ANI|[\w' .]{2,30} ?[/-] ?(?:Yonhap|Reuters|AFP|AP|Pool|"
    r"Korea Times))\s?[)\]]?\W*$"
)
_VIEW: Final = re.compile(
    r"(?:an? |the )?(?:\w+ ){0,2}(?:view|scene|shot|portrait|image|glimpse|close-up|map|logo|flags?|poster|"
    r"billboard|banner|statue|"
    r"headquarters|sign|combination|still|screenshot)s? (?:of|from|at|showing|for|outside|in|flies|fly|flutter|"
    r"hang|are|is|shows?)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 60


def picture_reason(text: str, shape: Shape) -> str | None:
    """Why a line reads like the description of a picture, or None where it does not.

    Captions tell in the present, or without a finite verb, what is to be seen and where; they quote nobody.
    """
    if not 4 <= shape.words <= _LONGEST or shape.sentences > 2 or not text[0].isupper():
        return None
    agency = _AGENCY_TAIL.search(text) is not None
    body = _AGENCY_TAIL.sub("", text)
    if agency and not _SPEECH.search(body) and shape.words <= 45:
        return "describes a picture and ends with its agency"
    if _SPEECH.search(body):
        return None
    seen, setting = _SEEN.search(body), _SETTING.search(body)
    if _VIEW.match(body) and shape.words >= 5:
        return "names what the picture shows"
    if seen and setting and _DAY.search(text) and shape.words >= 8:
        return "tells in the present what is to be seen, where and when"
    if not shape.finite and setting and shape.words >= 6 and (shape.ended or seen or " during " in body):
        return "a setting without a finite verb"
    return None


def present_scene(text: str, shape: Shape) -> bool:
    """Whether a line beside the headline tells a scene in the present, which a lead does not."""
    return (
        8 <= shape.words <= 45
        and shape.sentences == 1
        and _SPEECH.search(text) is None
        and _SEEN.search(text) is not None
        and _SETTING.search(text) is not None
        and shape.function < 0.5
        and not re.search(r"\b[a-z]{3,}ed\b(?! (?:by|in|on|at)\b)", text)
    )

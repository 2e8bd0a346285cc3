"""Names of months and seasons in English, German and French, as patterns to be matched whatever their case."""

from __future__ import annotations

SEASONS = "spring|summer|autumn|fall|winter|printemps|été|automne|hiver|frühling|frühjahr|sommer|herbst"
MONTHS = (
    r"jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|fév(?:rier)?|mar(?:ch|s)?|märz|m[äa]r[zc]?|apr(?:il)?|avr(?:il)?|ma[iy]|june?|juni|juin"
    r"|july?|juli|juillet|aug(?:ust)?|août|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|d[eé][cz](?:ember|embre)?"
)

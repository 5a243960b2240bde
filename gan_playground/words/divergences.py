"""Words of the Divergences tab's frame; each panel's own are in the section of its name."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "panels": ("Panel", "주제"),
    "try": ("Try this.", "해 보기."),
    "exact": ("every value here is exact", "여기의 모든 값은 정확합니다"),
    "no_answer": (
        "**The server did not answer.** Move a control to try again.",
        "**서버가 답하지 않았습니다.** 조절 막대를 움직여 다시 해 보세요.",
    ),
    "panel_unknown": (
        "'{value}' names no panel; choose one of {names}.",
        "'{value}'라는 주제는 없습니다. 다음 중에서 고르세요: {names}.",
    ),
    "key_unknown": (
        "'{value}' is nothing the panel {panel} knows; write one of {names}.",
        "'{value}'는 {panel} 주제에 없는 이름입니다. 다음 중에서 쓰세요: {names}.",
    ),
    "key_twice": (
        "'{value}' is given twice; leave one of them out.",
        "'{value}'가 두 번 나옵니다. 하나를 빼세요.",
    ),
    "too_long": (
        "The link has {length} characters; at most {limit} are read, so shorten it.",
        "링크가 {length}자입니다. {limit}자까지만 읽으니 줄여 주세요.",
    ),
    "several": (
        "'{value}' is no value of {key}; give one to {most} different names, separated by commas.",
        "'{value}'는 {key}의 값이 아닙니다. 서로 다른 이름을 하나에서 {most}개까지 쉼표로 나누어 쓰세요.",
    ),
    "not_text": (
        "{value} is no text for {key}; write its value as text.",
        "{value}은(는) {key}에 쓸 글자가 아닙니다. 값을 글자로 쓰세요.",
    ),
    "request": (
        "That request was not understood: it must be a mapping of exactly these fields: {fields}.",
        "요청을 이해하지 못했습니다. 다음 항목만 모두 담아 보내세요: {fields}.",
    ),
    "ask_unknown": (
        "'{value}' is nothing this panel computes; ask for one of {names}.",
        "'{value}'는 이 주제가 계산하는 것이 아닙니다. 다음 중에서 고르세요: {names}.",
    ),
}

"""Words of the panel "The papers' results"."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "tab": ("The papers’ results", "논문의 결과"),
    "try": (
        "Run em-boxes, then theorem-1: our numbers stand beside the paper’s, each with how sure the paper’s is.",
        "em-boxes를 실행하고 theorem-1을 실행해 보세요. 여기의 수가 논문의 수와 나란히 서고, "
        "논문의 수가 얼마나 확실한지도 적혀 있습니다.",
    ),
    "references": (
        "Every table and figure by one command; python -m gan_playground reproduce --list names them.",
        "모든 표와 그림을 명령 하나로 다시 만듭니다. 목록은 python -m gan_playground reproduce --list입니다.",
    ),
    "list": ("Rebuilt results", "다시 만든 결과"),
    "list_hint": (
        "What is quick runs here, on the server. What takes longer gives its command.",
        "빠른 것은 여기 서버에서 실행합니다. 오래 걸리는 것은 명령을 적었습니다.",
    ),
    "marks": ("How sure a paper’s number is", "논문 값의 확실함"),
    "marks_hint": (
        "Never print a memory as a fact: each number says where it is from.",
        "모든 값에 출처를 적었습니다.",
    ),
    "run": ("Run it", "실행"),
    "running": ("Running …", "실행 중 …"),
    "by_command": ("by command", "명령으로"),
    "took": ("{seconds} s on the server", "서버에서 {seconds}초"),
    "more": ("{count} more rows by the command", "나머지 {count}줄은 명령으로"),
    "takes_long": (
        "{name} takes about {lasts}, too long for a page; run python -m gan_playground reproduce {name}.",
        "{name}은(는) 약 {lasts} 걸립니다. 명령으로 실행하세요: python -m gan_playground reproduce {name}",
    ),
    "says_start": (
        "**Nine results, each one command.** Those with a button run here in seconds.",
        "**결과마다 명령 하나입니다.** 버튼이 있는 것은 여기서 몇 초 안에 끝납니다.",
    ),
    "says_running": (
        "**Running {name}.** It works beside the training, on the server.",
        "**{name} 실행 중입니다.** 서버에서 학습과 따로 돌아갑니다.",
    ),
    "says_holds": (
        "**{name} holds.** Every number with a bar is within it.",
        "**{name}: 모두 맞습니다.** 기준이 있는 수가 모두 기준 안에 있습니다.",
    ),
    "says_misses": (
        "**{name} misses a bar.** The line marked ✗ says which.",
        "**{name}: 기준을 벗어난 것이 있습니다.** ✗ 표시가 있는 줄입니다.",
    ),
}

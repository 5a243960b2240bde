"""Sentences of the rooms and the socket: coming in, waiting, going, and messages that can't be read."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "bad_seats": (
        "'{value}' is no number of runs; give --max-runs or GAN_PLAYGROUND_MAX_RUNS a whole number from 1 to 1000.",
        "'{value}'는 실행 수가 아닙니다. --max-runs나 GAN_PLAYGROUND_MAX_RUNS를 1부터 1000까지의 정수로 두세요.",
    ),
    "line_full": (
        "The room is full and {count} people wait; come back in a few minutes, or run the playground on your machine.",
        "빈자리가 없고 {count}명이 기다리고 있습니다. 몇 분 뒤에 다시 오거나, 내 컴퓨터에서 실행해 보세요.",
    ),
    "left_line": (
        "Your place in the line was given up while you were away. Press Play to wait again.",
        "자리를 비운 사이 대기 순서가 취소되었습니다. 다시 기다리려면 시작을 누르세요.",
    ),
    "parked": (
        "This run was put away after {seconds} s out of sight. Press Play: the same settings start at step 0.",
        "화면을 떠난 지 {seconds}초가 지나 이 실행을 정리했습니다. 시작을 누르면 같은 설정으로 처음부터 다시 합니다.",
    ),
    "idle": (
        "Your seat went to someone in the line after {minutes} min without a touch. Press Play to come back.",
        "{minutes}분 동안 조작이 없어 기다리던 분께 자리를 넘겼습니다. 시작을 누르면 다시 들어옵니다.",
    ),
    "run_limit": (
        "A run ends after {minutes} min, so that others get a turn. Press Play: the same settings start at step 0.",
        "다른 분도 쓸 수 있도록 실행은 {minutes}분 뒤에 끝납니다. 시작을 누르면 같은 설정으로 처음부터 다시 합니다.",
    ),
    "elsewhere": (
        "This run goes on in another tab. Press Play to bring it back here.",
        "이 실행은 다른 탭에서 이어집니다. 시작을 누르면 여기로 돌아옵니다.",
    ),
    "closing": (
        "The server is closing. Your settings are in the address bar; open the page again in a minute.",
        "서버를 닫고 있습니다. 설정은 주소창에 있으니 잠시 뒤에 페이지를 다시 여세요.",
    ),
    "doors": (
        "Too many pages were opened from your address; wait a minute, then open this one again.",
        "같은 주소에서 페이지를 너무 많이 열었습니다. 1분쯤 기다린 뒤 다시 여세요.",
    ),
    "too_fast": (
        "Commands came faster than {rate} a second; wait a moment, then reload the page.",
        "명령이 초당 {rate}개보다 빨리 왔습니다. 잠시 기다린 뒤 페이지를 다시 여세요.",
    ),
    "too_long": (
        "A message had {length} bytes; at most {limit} are read, so send a shorter one.",
        "메시지가 {length}바이트입니다. {limit}바이트까지만 읽으니 더 짧게 보내세요.",
    ),
    "not_text": (
        "A message was binary; send commands as JSON text.",
        "이진 메시지가 왔습니다. 명령은 JSON 텍스트로 보내세요.",
    ),
    "not_json": (
        "'{value}' is no JSON object; send a command such as {example}.",
        "'{value}'는 JSON 객체가 아닙니다. {example} 같은 명령을 보내세요.",
    ),
    "no_command": (
        "'{value}' is no command; send one of {names}.",
        "'{value}'라는 명령은 없습니다. 다음 중 하나를 보내세요: {names}.",
    ),
    "hello_first": (
        "The first message was not a greeting; begin with {example}.",
        "첫 메시지가 인사가 아닙니다. {example}로 시작하세요.",
    ),
    "bad_speed": (
        "'{value}' is no speed; write full, or a number of steps a second from {low} to {high}.",
        "'{value}'는 속도가 아닙니다. full이나 초당 단계 수 {low}부터 {high}까지를 쓰세요.",
    ),
    "not_a_mapping": (
        "'{value}' sets nothing; write settings by name, as in {example}.",
        "'{value}'로는 아무것도 바꿀 수 없습니다. {example}처럼 설정 이름과 값을 쓰세요.",
    ),
    "too_slow": (
        "After {seconds} s only {step} steps were made; ask for fewer, or for smaller networks and batches.",
        "{seconds}초 동안 {step}단계만 마쳤습니다. 단계를 줄이거나, 신경망과 배치를 작게 하세요.",
    ),
    "waiting": (
        "You are number {place} in the line; the buttons work once you are in.",
        "{place}번째로 기다리고 계십니다. 들어오신 뒤에 버튼을 쓸 수 있습니다.",
    ),
    "stopped": (
        "This run has stopped and can't go on; press Reset, or change a setting first.",
        "이 실행은 멈춰서 이어 갈 수 없습니다. 설정을 바꾸거나 처음부터를 누르세요.",
    ),
    "fault": (
        "Stopped at step {step}: the program met a fault of its own ({kind}). Press Reset to start again.",
        "{step}단계에서 멈췄습니다. 프로그램 오류({kind})입니다. 처음부터를 누르면 다시 시작합니다.",
    ),
}

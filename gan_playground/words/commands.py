"""Words of the command line."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "about": (
        "Explore divergences in generative adversarial learning, with the engine of the page.",
        "페이지와 같은 엔진으로 생성적 적대 학습의 발산을 살펴봅니다.",
    ),
    "divergence": (
        "Exact divergences between two typed mixtures.",
        "직접 쓴 두 혼합 분포 사이의 정확한 발산을 구합니다.",
    ),
    "toy": (
        "Train on a toy distribution and print its scores.",
        "간단한 분포로 학습하고 점수를 출력합니다.",
    ),
    "sample": (
        "Draw a sheet of images from a checkpoint.",
        "체크포인트에서 이미지를 뽑아 한 장에 담습니다.",
    ),
    "pretrain": (
        "Train a checkpoint by its recipe; resumable.",
        "레시피대로 체크포인트를 학습합니다. 이어서 할 수 있습니다.",
    ),
    "calibrate": (
        "Keep training a checkpoint's critic with the generator frozen, and calibrate it.",
        "생성자를 고정한 채 체크포인트의 판별자를 더 학습하고 보정합니다.",
    ),
    "classifier": (
        "Train the digit classifier that judges images.",
        "이미지를 평가하는 숫자 분류기를 학습합니다.",
    ),
    "reject": (
        "Draw images by rejection sampling, and score them before and after.",
        "기각 표집으로 이미지를 뽑고, 전과 후의 점수를 냅니다.",
    ),
    "reproduce": (
        "Rebuild a table or a figure of a paper, beside the paper's numbers.",
        "논문의 표나 그림을 다시 만들어 논문의 수와 나란히 보여 줍니다.",
    ),
    "bench": (
        "Measure the engine against plain PyTorch loops.",
        "엔진을 일반 PyTorch 반복문과 견주어 잽니다.",
    ),
    "usage": ("{message}; see {command} --help.", "{message} ({command} --help를 보세요)."),
    "not_png": (
        "'{value}' does not end in .png; name a PNG file.",
        "'{value}'는 .png로 끝나지 않습니다. PNG 파일 이름을 쓰세요.",
    ),
    "cannot_write": (
        "'{value}' cannot be written ({reason}); name a file in a folder that exists.",
        "'{value}'에 쓸 수 없습니다({reason}). 있는 폴더의 파일 이름을 쓰세요.",
    ),
    "wrote": ("{path}: {count} images.", "{path}: 이미지 {count}장."),
}

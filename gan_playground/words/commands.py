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
    "evaluate": (
        "Score a checkpoint, or all of them, beside real images and the papers' figures.",
        "체크포인트 하나 또는 전부의 점수를 실제 이미지와 논문의 수와 나란히 냅니다.",
    ),
    "calibrate": (
        "Keep training a checkpoint's critic with the generator frozen, and calibrate it.",
        "생성자를 고정한 채 체크포인트의 판별자를 더 학습하고 보정합니다.",
    ),
    "classifier": (
        "Train the classifier that judges the images of a data set.",
        "한 데이터의 이미지를 평가하는 분류기를 학습합니다.",
    ),
    "reject": (
        "Draw images by rejection sampling, and score them before and after.",
        "기각 표집으로 이미지를 뽑고, 전과 후의 점수를 냅니다.",
    ),
    "reproduce": (
        "Rebuild a table or a figure of a paper, beside the paper's numbers.",
        "논문의 표나 그림을 다시 만들어 논문의 수와 나란히 보여 줍니다.",
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
    # --- the table of scores
    "score": ("score", "점수"),
    "score_checkpoint": ("checkpoint", "체크포인트"),
    "score_real": ("real images", "실제 이미지"),
    "score_published": ("published", "논문"),
    "score_source": ("the published number is", "논문 값의 출처"),
    "score_gan-2014": ("KDE, GAN 2014", "KDE, GAN 2014"),
    "score_f-gan": ("KDE, f-GAN", "KDE, f-GAN"),
    "score_frechet": ("Fréchet distance", "프레셰 거리"),
    "score_kid": ("KID", "KID"),
    "score_precision": ("precision", "정밀도"),
    "score_recall": ("recall", "재현율"),
    "score_entropy": ("class entropy", "클래스 엔트로피"),
    "score_least": ("rarest class", "가장 드문 클래스"),
    "score_shares": ("class shares", "클래스 비율"),
    "score_nearest": ("nearest training image", "최근접 학습 이미지"),
    "score_gap": ("training over test", "학습 대 시험"),
    "score_other_scale": ("{mark}; on another scale", "{mark}, 다른 척도"),
    "score_dropped": (
        "{name} drops class {classes}: less than a fifth of the real images' share.",
        "{name}: 클래스 {classes}이(가) 실제 이미지 비율의 5분의 1도 되지 않습니다.",
    ),
    "score_about_kde": (
        "KDE: log-likelihood of {tests:,} test images in nats, mean ± standard error. GAN 2014: {few:,} samples, "
        "σ on validation images. f-GAN: {many:,} samples, σ by 3 folds. It rewards blur.",
        "KDE: 시험 이미지 {tests:,}장의 로그 가능도(내트), 평균 ± 표준 오차. GAN 2014: 샘플 {few:,}개, σ는 검증 "
        "이미지에서. f-GAN: 샘플 {many:,}개, σ는 3겹 교차검증. 흐림을 좋아합니다.",
    ),
    "score_about_features": (
        "Fréchet distance, KID, precision, recall: {samples:,} samples against as many {split} images in the features "
        "of {extractor}, which was trained on the training images. KID is in the features' unit, ± standard error.",
        "프레셰 거리, KID, 정밀도, 재현율: {extractor}의 특징에서 샘플 {samples:,}개를 같은 수의 {split} 이미지와 "
        "견줍니다. 이 분류기는 학습 이미지로 학습했습니다. KID는 특징의 단위, ± 표준 오차.",
    ),
    "score_about_nearest": (
        "Nearest training image: Euclidean distance in pixels, median of {samples} images of seed {seed}; for real "
        "images, of {samples} test images.",
        "최근접 학습 이미지: 픽셀 사이의 유클리드 거리, 시드 {seed}의 이미지 {samples}장의 중앙값. "
        "실제 이미지는 시험 이미지 {samples}장의 값입니다.",
    ),
    "score_about_gap": (
        "Training over test: how often the critic rates a training image above a test image; 0.5 if it has learnt "
        "none by heart.",
        "학습 대 시험: 판별자가 학습 이미지를 시험 이미지보다 높게 보는 비율. 외운 것이 없으면 0.5입니다.",
    ),
    "score_about_real": (
        "Real images: training images in the samples' place, by the same code.",
        "실제 이미지: 같은 코드에서 샘플 자리에 학습 이미지를 넣었습니다.",
    ),
    "score_about_published": (
        "Published: {gan} by Goodfellow et al. 2014; the f-GAN paper's own KDE stands on a scale that it does not "
        "state, and can only be printed as published.",
        "논문: {gan}은 Goodfellow 외 2014의 값입니다. f-GAN 논문의 KDE는 척도를 밝히지 않아 논문 값 그대로 "
        "적기만 합니다.",
    ),
}

"""Words of the score table: its columns, and what each score cannot see."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {
    "title": ("Scores", "점수"),
    "sort_hint": ("click a column to sort", "열을 누르면 정렬합니다"),
    "rewards_blur": ("KDE rewards blur", "KDE는 흐림을 좋아합니다"),
    "column_name": ("Checkpoint", "체크포인트"),
    "column_gan-2014": ("KDE, GAN 2014", "KDE, GAN 2014"),
    "column_f-gan": ("KDE, f-GAN", "KDE, f-GAN"),
    "column_published": ("in the paper", "논문 값"),
    "column_frechet": ("Fréchet", "프레셰"),
    "column_kid": ("KID", "KID"),
    "column_precision": ("precision", "정밀도"),
    "column_recall": ("recall", "재현율"),
    "column_least": ("rarest class", "가장 드문 종류"),
    "column_entropy": ("class entropy", "종류 엔트로피"),
    "column_nearest": ("nearest training image", "최근접 학습 이미지"),
    "unit_nats": ("nats, more is better", "내트, 클수록 좋음"),
    "unit_scale": ("nats", "내트"),
    "unit_other": ("another scale", "다른 척도"),
    "unit_less": ("less is better", "작을수록 좋음"),
    "unit_kid": ("less is better", "작을수록 좋음"),
    "unit_more": ("more is better", "클수록 좋음"),
    "unit_even": ("even is {share:.0f}%", "고르면 {share:.0f}%"),
    "unit_entropy": ("nats, even is {most:.3f}", "내트, 고르면 {most:.3f}"),
    "unit_distance": ("median of 64", "64장의 중앙값"),
    "row_real": ("Real images, same code", "실제 이미지, 같은 코드"),
    "row_open": ("Show {name} as a column, and its recipe below", "{name}을(를) 열로 놓고 아래에 학습 방법을 봅니다"),
    "measured_kde": (
        "GAN 2014: {old} samples, σ on validation images. f-GAN: {new} samples, σ by 3 folds.",
        "GAN 2014: 샘플 {old}개, σ는 검증 이미지에서. f-GAN: 샘플 {new}개, σ는 3겹 교차검증.",
    ),
    "measured_features": (
        "Features: {n} samples against {split} images, in the features of our own classifier.",
        "특징: 샘플 {n}개를 {split} 이미지와 우리 분류기의 특징에서 견줍니다.",
    ),
    "split_test": ("test", "시험"),
    "published_note": (
        "In the paper: {gan} (Goodfellow et al. 2014, read in notes on it); the f-GAN paper's figures (†) are "
        "remembered, not re-read, and on a scale that it does not state: real images themselves would miss them.",
        "논문 값: {gan}(Goodfellow 외 2014, 정리 글에서 확인). f-GAN 논문의 수치(†)는 기억에 따른 것이고 다시 확인하지 "
        "못했으며, 논문이 밝히지 않은 척도에 있습니다. 실제 이미지도 그 값에 미치지 못합니다.",
    ),
    "score_kde": ("KDE", "KDE"),
    "blind_kde": (
        "How near test images lie to samples, pixel by pixel: it cannot see a broken stroke or a copied training "
        "image, and it likes blur.",
        "시험 이미지가 샘플에 픽셀 단위로 얼마나 가까운지를 잽니다. 끊어진 획이나 베낀 학습 이미지는 보지 못하고, "
        "흐린 그림을 좋아합니다.",
    ),
    "score_frechet": ("Fréchet", "프레셰"),
    "blind_frechet": (
        "Only means and covariances of features: it cannot tell few good images from many poor ones, and copies score "
        "best.",
        "특징의 평균과 공분산만 봅니다. 좋은 그림 몇 가지와 나쁜 그림 여러 가지를 가리지 못하고, 베낀 그림이 가장 "
        "좋은 점수를 받습니다.",
    ),
    "score_kid": ("KID", "KID"),
    "blind_kid": (
        "Features again, without a bell's assumption: it cannot say whether quality or variety is amiss.",
        "역시 특징이지만 정규분포를 가정하지 않습니다. 품질과 다양성 가운데 무엇이 모자라는지는 말하지 못합니다.",
    ),
    "score_precision": ("Precision", "정밀도"),
    "blind_precision": (
        "The share of samples among real features: it cannot see what is missing; one perfect image scores 1.",
        "실제 특징 사이에 드는 샘플의 비율입니다. 빠진 것을 보지 못해, 완벽한 그림 하나로도 1이 됩니다.",
    ),
    "score_recall": ("Recall", "재현율"),
    "blind_recall": (
        "The share of real images among generated features: it cannot see how often a style is drawn, and forgives "
        "broken images beside good ones.",
        "생성 특징 사이에 드는 실제 이미지의 비율입니다. 한 모습이 얼마나 자주 나오는지 보지 못하고, 좋은 그림 곁의 "
        "깨진 그림을 눈감아 줍니다.",
    ),
    "score_classes": ("Classes", "종류"),
    "blind_classes": (
        "Whether all classes come evenly: it cannot see variety within a class, and counts a scribble as some class.",
        "모든 종류가 고르게 나오는지 봅니다. 한 종류 안의 다양성은 보지 못하고, 낙서도 어떤 종류로 셉니다.",
    ),
    "score_nearest": ("Nearest", "최근접"),
    "blind_nearest": (
        "A distance well below the real images' means copying, or blur: it cannot tell them apart, nor see a copy that "
        "is shifted by a pixel.",
        "실제 이미지의 거리보다 훨씬 작으면 베꼈거나 흐린 것이며, 둘을 가리지 못합니다. 한 픽셀 옮겨 베낀 것도 "
        "보지 못합니다.",
    ),
}

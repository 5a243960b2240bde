"""Differentiable augmentation: what the critic sees of real and generated images alike.

Zhao, Liu, Lin, Zhu and Han, "Differentiable augmentation for data-efficient GAN training", NeurIPS 2020: flips,
changes of colour and translations, through which the generator's gradient passes.
"""

from typing import Final

import torch
from torch import Tensor
from torch.nn.functional import pad

DRAWS: Final = 8
"""Uniform numbers that one image takes."""

REACH: Final = 1 / 8
"""The farthest translation, as a share of the side."""


def augment(images: Tensor, draws: Tensor, chance: float) -> Tensor:
    """Return images ``[n, c, h, w]`` in [0, 1], each flipped or not, recoloured and shifted with ``chance`` each.

    ``draws`` are uniform on [0, 1), ``[n, 8]``: flip; recolour? brightness, saturation, contrast; shift? up, left.
    Brightness moves by up to 1/4 either way, saturation is scaled by 0 to 2 and contrast by 1/2 to 3/2; what a shift
    uncovers is black. Every image is changed by its own draws alone.
    """
    flip, recolour, brightness, saturation, contrast, shift, up, left = draws.T[..., None, None, None]
    x = torch.where(flip < 0.5, images.flip(3), images)
    coloured = x + (brightness - 0.5) / 2
    grey = coloured.mean(1, keepdim=True)
    coloured = grey + (coloured - grey) * 2 * saturation
    level = coloured.mean((1, 2, 3), keepdim=True)
    x = torch.where(recolour < chance, level + (coloured - level) * (0.5 + contrast), x)
    return _shifted(x, torch.cat((up, left), 1).flatten(1), shift.flatten() < chance)


def _shifted(images: Tensor, draws: Tensor, moved: Tensor) -> Tensor:
    height, width = images.shape[2:]
    reach = round(height * REACH)
    places = (draws * (2 * reach + 1)).long().masked_fill(~moved[:, None], reach).tolist()
    wide = pad(images, (reach, reach, reach, reach))
    cut = [image[:, top : top + height, left : left + width] for image, (top, left) in zip(wide, places, strict=True)]
    return torch.stack(cut)

"""The program of `test_processes`: tiny games, played by this process alone and then as one of several."""

import io
import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from gan_playground.data import image_sets
from gan_playground.data.mnist import Images
from gan_playground.images import checkpoints, pretrain
from gan_playground.images.models.lsun_rooms import GAN
from gan_playground.images.models.record import ImageModel

STEPS = 50
SIDE = 6
PIXELS = np.random.default_rng(0).integers(0, 256, (48, 3, SIDE, SIDE), dtype=np.uint8)


class Generator(nn.Module):
    def __init__(self, normalised: bool) -> None:
        super().__init__()
        layers = [nn.BatchNorm1d(36), nn.BatchNorm2d(8)] if normalised else [nn.Identity(), nn.Identity()]
        # a bias before BatchNorm has no gradient but rounding, which Adam would make whole steps of
        self.start = nn.Sequential(
            nn.Linear(4, 36, bias=not normalised), layers[0], nn.ReLU(), nn.Unflatten(1, (4, 3, 3))
        )
        self.rest = nn.Sequential(nn.Conv2d(4, 8, 3, padding=1, bias=not normalised), layers[1], nn.ReLU())
        self.head = nn.ConvTranspose2d(8, 3, 2, 2)

    def forward(self, z: Tensor) -> Tensor:
        return torch.sigmoid(self.head(self.rest(self.start(z)))).flatten(1)


def model(normalised: bool) -> ImageModel:
    def initialise(generator: nn.Module, critic: nn.Module, _marginals: Tensor, rng: torch.Generator) -> None:
        for player in (generator, critic):
            for weight in player.parameters():
                nn.init.normal_(weight, 1, 0.3, generator=rng)
                if weight.ndim > 1:
                    nn.init.normal_(weight, 0, weight[0].numel() ** -0.5, generator=rng)

    return ImageModel(
        key=f"tiny-{normalised}",
        channels=3,
        shape=(SIDE, SIDE),
        latent=4,
        generator=lambda: Generator(normalised),
        critic=lambda: nn.Sequential(nn.Linear(3 * SIDE**2, 16), nn.Softplus(), nn.Linear(16, 1), nn.Flatten(0)),
        latents=lambda n, rng: torch.rand(n, 4, generator=rng) * 2 - 1,
        initialise=initialise,
        recipes={},
        generator_plan="",
        critic_plan="",
    )


TINY = replace(
    GAN, data="tiny", steps=STEPS, batch=8, r1_every=2, critic_steps=2, augment=0.5, precision="float32", rate=1e-3
)
RECIPES = {
    name: replace(TINY, name=name, model=f"tiny-{normalised}", objective=objective)
    for name, normalised, objective in (
        ("gan", False, "gan"),
        ("relativistic", False, "relativistic"),
        ("wgan-gp", False, "wgan-gp(10)"),
        ("normalised", True, "gan"),
    )
}


def play(out: Path) -> None:
    """Train every tiny recipe by the command's own path, up to what is landed."""
    images = Images(PIXELS, np.zeros(len(PIXELS), np.uint8))
    checkpoints.IMAGE_MODELS.update({f"tiny-{kind}": model(kind) for kind in (False, True)})  # type: ignore[attr-defined]
    pretrain.RECIPES.update(RECIPES)
    image_sets.DATA["tiny"] = lambda *_: images
    pretrain.land = lambda *_: None  # type: ignore[assignment]
    for name, port in zip(RECIPES, os.environ["PORTS"].split(), strict=True):
        os.environ["MASTER_PORT"] = port  # a door of its own: the last training's may not have closed yet
        pretrain.pretrain(name, out=out, device="cpu", stream=io.StringIO())


if __name__ == "__main__":
    folder, rank = Path(sys.argv[1]), os.environ["RANK"]
    if rank == "0":
        processes = os.environ.pop("WORLD_SIZE")
        play(folder / "alone")
        os.environ["WORLD_SIZE"] = processes
    play(folder / rank)

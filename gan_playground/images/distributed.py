"""Several processes that train one game under ``torchrun``, as one process would with the joint batch.

Every process draws all random numbers of a step and keeps its share of them, so that a run does not depend on how
many there are; gradients, losses and the statistics of batch normalisation are summed over all.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, distributed, nn
from torch.nn.modules.batchnorm import _BatchNorm

Rows = TypeVar("Rows", Tensor, NDArray[np.int64])


@dataclass(frozen=True, slots=True)
class Processes:
    """The place ``rank`` of this process among ``size``."""

    rank: int = 0
    size: int = 1

    @property
    def first(self) -> bool:
        """Whether this process is the one that writes and speaks."""
        return self.rank == 0

    def share(self, rows: Rows) -> Rows:
        """Return this process's part of the rows of all."""
        return rows[self.rank :: self.size] if self.size > 1 else rows

    @torch.no_grad()
    def total(self, *parts: Tensor) -> None:
        """Replace each of ``parts``, in place, by its sum over all processes: one message for all of them."""
        if self.size > 1:
            message = torch.cat([part.flatten() for part in parts])
            distributed.all_reduce(message)
            for part, found in zip(parts, message.split([part.numel() for part in parts]), strict=True):
                part.copy_(found.view_as(part))

    def join(self, player: nn.Module) -> None:
        """Let the BatchNorm layers inside ``player`` see the joint batch."""
        if self.size > 1:
            for name, layer in player.named_children():
                if isinstance(layer, _BatchNorm):
                    setattr(player, name, JointBatchNorm(layer))
                else:
                    self.join(layer)


ALONE: Final = Processes()


class Total(torch.autograd.Function):
    """The sum of a tensor over all processes; its gradient is the sum of theirs."""

    @staticmethod
    def forward(_context: Any, part: Tensor) -> Tensor:  # type: ignore[override]
        """Return the sum."""
        total = part.clone()
        distributed.all_reduce(total)
        return total

    @staticmethod
    def backward(_context: Any, slope: Tensor) -> Tensor:  # type: ignore[override]
        """Return the sum of the derivatives by it."""
        return Total.forward(_context, slope)


def total(part: Tensor) -> Tensor:
    """Return the sum of ``part`` over all processes, differentiably."""
    return cast(Tensor, Total.apply(part))


class JointBatchNorm(nn.Module):
    """A BatchNorm layer whose mean and variance are those of the joint batch; parameters and names stay as they are.

    PyTorch's SyncBatchNorm refuses the CPU. Both statistics are sums over all processes, and gradients flow through
    the sums back to every process.
    """

    def __init__(self, layer: _BatchNorm) -> None:
        super().__init__()
        self.eps, self.momentum = layer.eps, layer.momentum if layer.momentum is not None else 0.1
        self.weight, self.bias = layer.weight, layer.bias
        for name, buffer in layer.named_buffers():
            self.register_buffer(name, buffer)

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x`` ``[n, channels, ...]`` normalised over the joint batch and every place, in float32."""
        with torch.autocast(x.device.type, enabled=False):
            return self._normalised(x.float())

    def _normalised(self, x: Tensor) -> Tensor:
        wide = (-1, *[1] * (x.ndim - 2))
        others = [axis for axis in range(x.ndim) if axis != 1]
        count = total(x.new_tensor(x.numel() / x.shape[1]))
        mean = total(x.sum(others)) / count
        apart = x - mean.view(wide)
        variance = total(apart.square().sum(others)) / count
        with torch.no_grad():
            buffers = dict(self.named_buffers())
            buffers["running_mean"].lerp_(mean, self.momentum)
            buffers["running_var"].lerp_(variance * count / (count - 1), self.momentum)
            buffers["num_batches_tracked"].add_(1)
        scale = self.weight * (variance + self.eps).rsqrt()
        return torch.addcmul(self.bias.view(wide), apart, scale.view(wide))


@contextmanager
def joined(device: torch.device) -> Iterator[tuple[Processes, torch.device]]:
    """Meet the other processes that ``torchrun`` started, if it did; yield this one's place and its device."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield ALONE, device
        return
    if device.type == "cuda":
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(device)
    distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        yield Processes(distributed.get_rank(), distributed.get_world_size()), device
    finally:
        distributed.destroy_process_group()

namespace Threadwell.Mechanics.Networks;

/// <summary>What one network does in a step of <see cref="NetworkUpdate.Advance"/>.</summary>
/// <param name="Tensors">M, 6 numbers a point: xx, yy, zz, xy, yz, zx.</param>
/// <param name="Born">Mass born in the step and alive at its end (<see cref="NetworkStep"/>): one a point, or one number for all.</param>
/// <param name="Kept">Share of the old mass that is alive at the end of the step.</param>
public readonly record struct GrowingNetwork(double[] Tensors, double[] Born, double Kept);

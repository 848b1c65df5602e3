using Threadwell.Geometry;

namespace Threadwell.Mechanics.Threads;

/// <summary>
/// One thread as placed: where it lies, how it holds and how it was tensioned. Arrays a barb follow the order of the barbs among
/// <see cref="Stations"/>.
/// </summary>
public sealed record ThreadDefinition
{
    /// <summary>Identifier used in reports.</summary>
    public required string Id { get; init; }

    /// <summary>Stations from entry to exit, ascending along the thread; at least two.</summary>
    public required ThreadStation[] Stations { get; init; }

    /// <summary>Weights of each station on the tissue mesh; their points are the stations' reference positions.</summary>
    public required KernelWeights[] Weights { get; init; }

    /// <summary>Axial stiffness EA of the cable, N.</summary>
    public required double AxialStiffnessN { get; init; }

    /// <summary>Largest tension that the cable carries, N.</summary>
    public required double StrengthN { get; init; }

    /// <summary>Holding force of each barb in its gripping direction, N.</summary>
    public required double[] HoldingN { get; init; }

    /// <summary>Bond stiffness of each barb, N/mm, before the near field.</summary>
    public required double[] BondStiffnessNPerMm { get; init; }

    /// <summary>What each barb's surroundings give in series with its bond, for the near field that the mesh does not resolve (<see cref="HiddenCompliance"/>); null for nothing.</summary>
    public NearFieldCurve[]? NearField { get; init; }

    /// <summary>Holding force against the sliding direction as a fraction of that in the gripping direction, 0 to 1.</summary>
    public required double SlidingFraction { get; init; }

    /// <summary>Stiffness of the anchors' hold on the deep fascia, N/mm.</summary>
    public double AnchorStiffnessNPerMm { get; init; } = 1000;

    /// <summary>Shortening of the cable between consecutive stations, mm; one a segment (stations - 1), null for none.</summary>
    public double[]? GatherMm { get; init; }

    /// <summary>
    /// Pull on the entry end before it is trimmed, N; null for none. It acts until the first <see cref="ThreadSystem.Commit"/>;
    /// after it an anchored entry is held where it came to lie and a free entry is let go.
    /// </summary>
    public double? PullN { get; init; }

    /// <summary>Number of barbs.</summary>
    public int BarbCount => Stations.Count(station => station.Grip != BarbGrip.None);

    internal void Validate(int nodeCount)
    {
        Require(Stations.Length >= 2, "needs at least two stations");
        Require(Weights.Length == Stations.Length, "needs weights for each station");
        Require(HoldingN.Length == BarbCount && BondStiffnessNPerMm.Length == BarbCount, "needs a holding force and a bond stiffness for each barb");
        Require(NearField is null || NearField.Length == BarbCount, "needs a near field for each barb");
        Require(NearField is null || NearField.All(near => near.IsRising()), "needs near fields whose loads rise from above zero, with a displacement for each that does not fall");
        Require(GatherMm is null || GatherMm.Length == Stations.Length - 1, "needs a gather for each segment");
        Require(SlidingFraction is >= 0 and <= 1, "needs a sliding fraction between 0 and 1");
        Require(AnchorStiffnessNPerMm > 0 && double.IsFinite(AnchorStiffnessNPerMm), "needs a positive anchor stiffness");
        Require(AxialStiffnessN > 0 && double.IsFinite(AxialStiffnessN), "needs a positive axial stiffness");
        Require(PullN is null || (PullN >= 0 && double.IsFinite(PullN.Value)), "needs a pull that is not negative");
        for (int station = 1; station < Stations.Length; station++)
        {
            Require(Stations[station].AxialMm > Stations[station - 1].AxialMm, "needs stations in ascending order along the thread");
            Require(Vector3D.Distance(Weights[station].Point, Weights[station - 1].Point) > 0, "has two stations at one place");
        }

        Require(Weights.All(weights => weights.Nodes.Length > 0 && weights.Nodes[^1] < nodeCount), "has weights on nodes that the mesh does not have");
    }

    private void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"Thread {Id} {problem}.");
        }
    }
}

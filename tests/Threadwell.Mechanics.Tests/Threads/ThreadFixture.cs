using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

/// <summary>Threads whose stations are nodes of their own, so that a test sees the chain without a mesh.</summary>
internal static class ThreadFixture
{
    /// <summary>A thread through the given points, node j at station j.</summary>
    public static ThreadDefinition OnNodes(ThreadStation[] stations, Vector3D[] points, double ea, double strength, double holding, double bond, double sliding = 0.1)
    {
        int barbs = stations.Count(station => station.Grip != BarbGrip.None);
        return new ThreadDefinition
        {
            Id = "T",
            Stations = stations,
            Weights = [.. points.Select((point, node) => KernelWeights.AtNode(point, node))],
            AxialStiffnessN = ea,
            StrengthN = strength,
            HoldingN = [.. Enumerable.Repeat(holding, barbs)],
            BondStiffnessNPerMm = [.. Enumerable.Repeat(bond, barbs)],
            SlidingFraction = sliding,
        };
    }

    /// <summary>A straight thread along x.</summary>
    public static ThreadDefinition Straight(ThreadStation[] stations, double ea, double strength, double holding, double bond, double sliding = 0.1) =>
        OnNodes(stations, [.. stations.Select(station => new Vector3D(station.AxialMm, 0, 0))], ea, strength, holding, bond, sliding);

    /// <summary>An anchored entry at 0 and a row of barbs at the given spacing that hold towards the entry.</summary>
    public static ThreadStation[] Row(int barbs, double spacing, bool anchored) =>
        [new(0, BarbGrip.None, anchored), .. Enumerable.Range(1, barbs).Select(barb => new ThreadStation(barb * spacing, BarbGrip.HoldsTowardsEntry))];

    /// <summary>Displacement of a tissue whose nodes move along x only.</summary>
    public static double[] AlongX(params double[] tissue)
    {
        var displacement = new double[3 * tissue.Length];
        for (int node = 0; node < tissue.Length; node++)
        {
            displacement[3 * node] = tissue[node];
        }

        return displacement;
    }
}

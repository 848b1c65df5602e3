using Threadwell.Geometry;

namespace Threadwell.Mechanics.Threads;

/// <summary>Course of a thread inside the tissue: a polyline from entry to exit with its arc length, mm, reference configuration.</summary>
public sealed class EmbeddedThread
{
    private readonly Vector3D[] _path;
    private readonly double[] _arcLength;

    /// <summary>Wraps a polyline.</summary>
    /// <param name="path">Points from entry to exit, mm; consecutive points differ.</param>
    /// <exception cref="ArgumentException">Fewer than two points, or two consecutive points coincide.</exception>
    public EmbeddedThread(IReadOnlyList<Vector3D> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Count < 2)
        {
            throw new ArgumentException("A thread needs at least two points.", nameof(path));
        }

        _path = [.. path];
        _arcLength = new double[_path.Length];
        for (int point = 1; point < _path.Length; point++)
        {
            double length = Vector3D.Distance(_path[point - 1], _path[point]);
            if (!(length > 0))
            {
                throw new ArgumentException($"Points {point - 1} and {point} of the thread coincide.", nameof(path));
            }

            _arcLength[point] = _arcLength[point - 1] + length;
        }
    }

    /// <summary>Length from entry to exit, mm.</summary>
    public double LengthMm => _arcLength[^1];

    /// <summary>The point at a distance from the entry, mm; beyond the ends, the end.</summary>
    public Vector3D PointAt(double axialMm)
    {
        int piece = PieceAt(axialMm);
        double part = (axialMm - _arcLength[piece]) / (_arcLength[piece + 1] - _arcLength[piece]);
        return Vector3D.Lerp(_path[piece], _path[piece + 1], Math.Clamp(part, 0, 1));
    }

    /// <summary>Unit tangent towards the exit at a distance from the entry.</summary>
    public Vector3D TangentAt(double axialMm)
    {
        int piece = PieceAt(axialMm);
        return (_path[piece + 1] - _path[piece]).Normalized();
    }

    /// <summary>
    /// Stations of a barbed thread: an entry station at 0 (an anchor, or the free cut end), barbs evenly spaced and half a spacing
    /// from either end, and free points wherever stations would lie further apart than <paramref name="largestGapMm"/>, so that
    /// the cable follows the path. On a bidirectional thread the barbs of the entry half hold towards the exit and those of the
    /// other half towards the entry; else all hold towards the entry.
    /// </summary>
    /// <param name="barbsPerMm">Density of barbs, 1/mm; the count is rounded down.</param>
    /// <param name="bidirectional">Whether the two halves hold opposite ways.</param>
    /// <param name="anchored">Whether the entry is fixed to the deep fascia.</param>
    /// <param name="largestGapMm">Largest distance between stations, mm.</param>
    public ThreadStation[] LayOut(double barbsPerMm, bool bidirectional, bool anchored, double largestGapMm)
    {
        var stations = new List<ThreadStation> { new(0, BarbGrip.None, anchored) };
        int barbs = (int)Math.Floor((LengthMm * barbsPerMm) + 1e-9);
        for (int barb = 0; barb < barbs; barb++)
        {
            double axial = (barb + 0.5) * LengthMm / barbs;
            bool entryHalf = 2 * barb + 1 < barbs;
            AddUpTo(stations, axial, largestGapMm);
            stations.Add(new ThreadStation(axial, bidirectional && entryHalf ? BarbGrip.HoldsTowardsExit : BarbGrip.HoldsTowardsEntry));
        }

        AddUpTo(stations, LengthMm, largestGapMm);
        stations.Add(new ThreadStation(LengthMm, BarbGrip.None));
        return [.. stations];
    }

    /// <summary>
    /// Where a gather acts: between the halves of a self-anchored thread (from the last barb that holds towards the exit
    /// to the next one, of the other half), or between the anchor and the first barb.
    /// </summary>
    /// <param name="stations">Stations of <see cref="LayOut"/>.</param>
    /// <param name="gatherMm">Length by which the cable is shortened, mm.</param>
    /// <returns>One shortening a segment, mm, for <see cref="ThreadDefinition.GatherMm"/>.</returns>
    public static double[] PlaceGather(ThreadStation[] stations, double gatherMm)
    {
        ArgumentNullException.ThrowIfNull(stations);
        int last = Array.FindLastIndex(stations, station => station.Grip == BarbGrip.HoldsTowardsExit);
        int segment = Math.Clamp(last, 0, stations.Length - 2);
        var gather = new double[stations.Length - 1];
        gather[segment] = gatherMm;
        return gather;
    }

    private static void AddUpTo(List<ThreadStation> stations, double axialMm, double largestGapMm)
    {
        double from = stations[^1].AxialMm;
        int pieces = (int)Math.Ceiling(((axialMm - from) / largestGapMm) - 1e-9);
        for (int piece = 1; piece < pieces; piece++)
        {
            stations.Add(new ThreadStation(from + (piece * (axialMm - from) / pieces), BarbGrip.None));
        }
    }

    private int PieceAt(double axialMm)
    {
        int index = Array.BinarySearch(_arcLength, axialMm);
        int piece = index >= 0 ? index : ~index - 1;
        return Math.Clamp(piece, 0, _path.Length - 2);
    }
}

using Threadwell.Anatomy;
using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Plans.Suggestion;

/// <summary>One course that a thread of an area may take, on each side that is treated.</summary>
/// <param name="Entry">Which entry.</param>
/// <param name="Exit">Which exit.</param>
/// <param name="Reach">Share of the way from entry to exit at which it ends.</param>
/// <param name="Paths">Courses from entry to exit as points on the skin, mm, one a side.</param>
public sealed record ThreadPlace(int Entry, int Exit, double Reach, IReadOnlyList<IReadOnlyList<Vector3D>> Paths);

/// <summary>
/// The courses, depths and gathers that a plan of an area may be made of: the standard layout's zones of entry and exit, each divided, and the range of each number of the
/// catalogue that the layout rests on.
/// </summary>
public sealed record ThreadPlaces
{
    // Spacing of the points of a course, mm, as in a standard plan.
    private const double StepMm = 4;

    // Entry and exit at like places along their zones make threads side by side; further apart than this share of the zones they would cross.
    private const double LargestSlant = 0.4;

    // A thread may end before its zone of exits, at these shares of its way.
    private static readonly double[] Reaches = [1, 0.9, 0.8];

    // Courses whose ends lie nearer than this to those of another are the same, mm.
    private const double SameMm = 3;

    /// <summary>The courses.</summary>
    public required IReadOnlyList<ThreadPlace> Places { get; init; }

    /// <summary>Depths below the skin, mm, ascending.</summary>
    public required IReadOnlyList<double> DepthsMm { get; init; }

    /// <summary>Gathers along a thread, mm, ascending.</summary>
    public required IReadOnlyList<double> GathersMm { get; init; }

    /// <summary>Most threads on a side.</summary>
    public required int MostPerSide { get; init; }

    /// <summary>Sides that are treated: true for the patient's left.</summary>
    public required IReadOnlyList<bool> Sides { get; init; }

    /// <summary>Lists them for one patient.</summary>
    /// <param name="area">The area.</param>
    /// <param name="skin">The scan with its landmarks.</param>
    /// <param name="sides">Sides that are treated: true for the patient's left.</param>
    /// <param name="pieces">Into how many pieces zones of entry and exit are divided, at least 1.</param>
    /// <exception cref="InvalidInputException">A landmark that the layout needs is missing.</exception>
    public static ThreadPlaces Of(TreatmentArea area, LandmarkSkin skin, IReadOnlyList<bool> sides, int pieces)
    {
        ArgumentNullException.ThrowIfNull(skin);
        ArgumentNullException.ThrowIfNull(sides);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        AreaLayout layout = AreaLayouts.Of(area);
        var topology = new SurfaceTopology(skin.Mesh);
        var places = new List<ThreadPlace>();
        foreach ((int entry, int exit, double reach, LandmarkPoint from, LandmarkPoint to) in Ends(layout, pieces))
        {
            Vector3D[][] paths = [.. sides.Select(left => SurfacePath.Trace(skin.Tree, topology, skin.Place(from, left), skin.Place(to, left), StepMm))];
            if (!places.Any(place => IsSame(place.Paths[0], paths[0])))
            {
                places.Add(new ThreadPlace(entry, exit, reach, paths));
            }
        }

        return new ThreadPlaces
        {
            Places = places,
            DepthsMm = Range(layout.Depth, 0.5),
            GathersMm = Range(layout.Gather, 0.25),
            MostPerSide = (int)(layout.Threads.High ?? layout.Threads.Value),
            Sides = sides,
        };
    }

    private static IEnumerable<(int Entry, int Exit, double Reach, LandmarkPoint From, LandmarkPoint To)> Ends(AreaLayout layout, int pieces)
    {
        LandmarkPoint ExitAt(double fraction)
        {
            double along = fraction * (layout.Exits.Count - 1);
            int before = Math.Min((int)along, layout.Exits.Count - 2);
            return LandmarkPoint.Lerp(layout.Exits[before], layout.Exits[before + 1], along - before);
        }

        foreach (double reach in Reaches)
        {
            for (int entry = 0; entry <= pieces; entry++)
            {
                LandmarkPoint from = LandmarkPoint.Lerp(layout.EntryFirst, layout.EntryLast, (double)entry / pieces);
                for (int exit = 0; exit <= pieces; exit++)
                {
                    // One shared entry serves all exits.
                    if (layout.EntryFirst == layout.EntryLast || Math.Abs(entry - exit) <= LargestSlant * pieces || pieces == 1)
                    {
                        yield return (entry, exit, reach, from, LandmarkPoint.Lerp(from, ExitAt((double)exit / pieces), reach));
                    }
                }
            }

            for (int other = 0; other < layout.OtherEntries.Count; other++)
            {
                for (int exit = 0; exit <= pieces; exit++)
                {
                    yield return (pieces + 1 + other, exit, reach, layout.OtherEntries[other], LandmarkPoint.Lerp(layout.OtherEntries[other], ExitAt((double)exit / pieces), reach));
                }
            }
        }
    }

    private static bool IsSame(IReadOnlyList<Vector3D> a, IReadOnlyList<Vector3D> b) => Vector3D.Distance(a[0], b[0]) < SameMm && Vector3D.Distance(a[^1], b[^1]) < SameMm;

    /// <summary>The ends of a fact's range, its value, and what lies between at a step of a share of the halves.</summary>
    private static double[] Range(Fact fact, double share)
    {
        double low = fact.Low ?? fact.Value;
        double high = fact.High ?? fact.Value;
        int steps = (int)Math.Round(0.5 / share);
        IEnumerable<double> Between(double from, double to) => Enumerable.Range(0, steps).Select(step => from + ((to - from) * step / steps));
        return [.. Between(low, fact.Value).Concat(Between(fact.Value, high)).Append(high).Distinct()];
    }
}

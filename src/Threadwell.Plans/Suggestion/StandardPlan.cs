using Threadwell.Anatomy;
using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Plans.Suggestion;

/// <summary>Lays the standard threads of an area on a patient's scan: a start that the doctor edits, with everything doubtful in its warnings.</summary>
public static class StandardPlan
{
    // Spacing of the points of a thread's course, mm: finer than any bend that a needle under the skin can follow.
    private const double StepMm = 4;

    // Threads that pass a target within this distance (mm) make its direction of lift; where none does, the nearest one alone.
    private const double NearMm = 30;

    /// <summary>Suggests the plan.</summary>
    /// <exception cref="InvalidInputException">Threads are not indicated at this laxity, or a landmark that the layout needs is missing.</exception>
    public static ThreadPlan Suggest(StandardPlanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        AreaIndication.CheckLaxity(request.Patient.Laxity);
        AreaLayout layout = AreaLayouts.Of(request.Area);
        var skin = new LandmarkSkin(request.Mesh, request.Landmarks);
        var topology = new SurfaceTopology(request.Mesh);
        ThreadProduct product = ThreadProduct.Of(request.Material);
        var threads = new List<PlannedThread>();
        foreach (bool left in new[] { true, false })
        {
            foreach ((int number, LandmarkPoint entry, LandmarkPoint exit) in Places(layout, request.ThreadsPerSide ?? ThreadsFor(layout.Threads, request.Patient.Laxity)))
            {
                threads.Add(new PlannedThread
                {
                    Id = $"{(left ? 'L' : 'R')}{number}",
                    Material = request.Material,
                    DiameterMm = product.DiameterMm,
                    Barbs = product.Barbs,
                    BarbsPerCm = product.BarbsPerCm,
                    Direction = BarbDirection.Bidirectional,
                    Anchor = AnchorKind.SelfAnchored,
                    Path = SurfacePath.Trace(skin.Tree, topology, skin.Place(entry, left), skin.Place(exit, left), StepMm),
                    DepthMm = layout.Depth.Value,
                    GatherMm = layout.Gather.Value,
                    Reason = layout.Reason,
                });
            }
        }

        return new ThreadPlan
        {
            Scan = request.Scan,
            Patient = request.Patient,
            Area = request.Area,
            Landmarks = [.. request.Landmarks.All],
            Targets = [.. Targets(request.Targets ?? layout.Targets, request.Landmarks, threads)],
            Threads = threads,
            Seed = request.Seed,
            Warnings = Warnings(skin, request.Area, request.Patient, threads),
        };
    }

    /// <summary>What a reader of a plan must know: of the area's layouts, of the patient, and the danger zones that its threads pass.</summary>
    /// <param name="skin">The scan with its landmarks.</param>
    /// <param name="area">The area.</param>
    /// <param name="patient">The patient.</param>
    /// <param name="threads">The threads.</param>
    public static IReadOnlyList<string> Warnings(LandmarkSkin skin, TreatmentArea area, PatientDescription patient, IReadOnlyList<PlannedThread> threads)
    {
        ArgumentNullException.ThrowIfNull(skin);
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(threads);
        return [.. AreaLayouts.Of(area).Remarks, .. Remarks(patient), .. DangerWarnings(skin, threads)];
    }

    private static int ThreadsFor(Fact threads, Laxity laxity) => (int)(laxity switch
    {
        Laxity.Mild => threads.Low ?? threads.Value,
        Laxity.Marked => threads.High ?? threads.Value,
        _ => threads.Value,
    });

    /// <summary>Entry and exit of each thread of a side.</summary>
    private static IEnumerable<(int Number, LandmarkPoint Entry, LandmarkPoint Exit)> Places(AreaLayout layout, int count)
    {
        for (int index = 0; index < count; index++)
        {
            // A single thread lies in the middle.
            double fraction = count == 1 ? 0.5 : (double)index / (count - 1);
            double along = fraction * (layout.Exits.Count - 1);
            int before = Math.Min((int)along, layout.Exits.Count - 2);
            yield return (
                index + 1,
                LandmarkPoint.Lerp(layout.EntryFirst, layout.EntryLast, fraction),
                LandmarkPoint.Lerp(layout.Exits[before], layout.Exits[before + 1], along - before));
        }
    }

    private static IEnumerable<LiftTarget> Targets(IReadOnlyList<string> wanted, LandmarkSet landmarks, IReadOnlyList<PlannedThread> threads)
    {
        foreach (string name in wanted)
        {
            bool paired = LandmarkNames.PairedHead.Contains(name) || LandmarkNames.PairedTorso.Contains(name);
            string[] names = paired ? [LandmarkNames.OnSide(name, left: true), LandmarkNames.OnSide(name, left: false)] : [name];
            foreach (string full in names)
            {
                if (!landmarks.TryGet(full, out Landmark? landmark))
                {
                    throw new InvalidInputException("landmarks", full, "this landmark is needed and missing; mark it on the scan's page, or give it in a landmarks file (--landmarks).");
                }

                yield return new LiftTarget(full, LiftDirection(landmark.Position, threads));
            }
        }
    }

    /// <summary>The mean direction in which the threads near a place pull it: towards their entries, nearer threads counting more.</summary>
    private static Vector3D LiftDirection(Vector3D place, IReadOnlyList<PlannedThread> threads)
    {
        (double Distance, Vector3D Pull)[] pulls = [.. threads.Select(thread => Nearest(place, thread.Path))];
        double within = Math.Max(NearMm, pulls.Min(pull => pull.Distance) + 1e-6);
        Vector3D sum = Vector3D.Zero;
        foreach ((double distance, Vector3D pull) in pulls)
        {
            if (distance <= within)
            {
                // Five millimetres keep a thread straight under the landmark from silencing its neighbours.
                sum += 1 / (5 + distance) * pull;
            }
        }

        return sum.Normalized();
    }

    private static (double Distance, Vector3D Pull) Nearest(Vector3D place, IReadOnlyList<Vector3D> path)
    {
        int nearest = 0;
        for (int index = 1; index < path.Count; index++)
        {
            if (Vector3D.Distance(path[index], place) < Vector3D.Distance(path[nearest], place))
            {
                nearest = index;
            }
        }

        // Over two points each way, so that one facet of the scan does not turn the direction.
        Vector3D toEntry = path[Math.Max(0, nearest - 2)] - path[Math.Min(path.Count - 1, nearest + 2)];
        return (Vector3D.Distance(path[nearest], place), toEntry.Normalized());
    }

    private static IEnumerable<string> Remarks(PatientDescription patient)
    {
        if (patient.Laxity == Laxity.Marked)
        {
            yield return "Marked laxity: threads suit mild to moderate sagging (E-188); discuss surgery as the alternative.";
        }
    }

    private static IEnumerable<string> DangerWarnings(LandmarkSkin skin, IReadOnlyList<PlannedThread> threads)
    {
        IEnumerable<ThreadBelowSkin> below = threads.Select(thread => new ThreadBelowSkin(thread.Id, thread.Path, thread.DepthMm, thread.DiameterMm));
        foreach (IGrouping<(string, string, string), DangerZoneWarning> same in DangerZoneCheck.Check(below, DangerZones.For(skin)).GroupBy(warning => (warning.Structure, warning.Reason, warning.Source)))
        {
            DangerZoneWarning first = same.First();
            string ids = string.Join(", ", same.Select(warning => warning.ThreadId));
            string structure = char.ToUpperInvariant(first.Structure[0]) + first.Structure[1..];
            yield return $"{structure}: {ids}: {first.Reason} ({first.Source}).";
        }
    }
}

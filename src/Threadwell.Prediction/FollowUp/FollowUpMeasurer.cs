using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Measures what has changed between two scans of a patient: the later one is laid on the first by the skin that no thread reaches.</summary>
public static class FollowUpMeasurer
{
    /// <summary>Skin nearer than this to a thread or a planned landmark counts as treated, mm: the margin of the tissue that a prediction computes.</summary>
    public const double TreatedMm = PreviewRegion.MarginMm;

    // Between treated skin and skin that is registered by, mm.
    private const double GapMm = 10;

    /// <summary>Skin over which a place's shift is averaged, mm²: half of a disc, for its weights fall towards the border.</summary>
    internal const double PlaceAreaMm2 = 0.5 * Math.PI * PlaceRadiusMm * PlaceRadiusMm;

    private const double PlaceRadiusMm = 5;
    private const double MapRadiusMm = 6;
    private const int RepeatedPlaces = 400;
    private const int LeastStablePoints = 300;
    private const int LeastLandmarks = 4;
    private const double FarLandmarkMm = 12;
    private const double Majority = 0.5;

    /// <summary>Measures.</summary>
    /// <param name="request">What.</param>
    /// <param name="source">What an error message names as the later scan.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidInputException">The scans cannot be laid on one another.</exception>
    public static FollowUpMeasurement Measure(FollowUpRequest request, string source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        TriangleMesh before = request.Before;
        double[] toThreads = DistanceToThreads(request);
        int[] stable = [.. Enumerable.Range(0, before.VertexCount).Where(vertex => !(toThreads[vertex] < TreatedMm + GapMm))];
        if (stable.Length < LeastStablePoints)
        {
            throw new InvalidInputException(source, null, "the first scan shows too little skin beyond the threads' reach to lay another scan on it; scan the whole face.");
        }

        RegistrationResult registration;
        try
        {
            registration = SurfaceRegistration.Register(before, stable, request.After, Start(request), cancellation: cancellation);
        }
        catch (ArgumentException error)
        {
            throw Apart(source, error);
        }

        // The position is the one that most of the unchanged skin agrees with; where less than half of it finds its partner there is no such majority, and whatever position came out says nothing.
        if (!registration.IsSettled || registration.UsedShare < Majority)
        {
            throw Apart(source, null);
        }

        var distances = new SkinDistances(before, registration.Motion.Move(request.After), cancellation);
        double repeatability = Repeatability(before, stable, distances);
        return new FollowUpMeasurement
        {
            Registration = registration,
            RepeatabilityMm = repeatability,
            NormalMap = distances.Smoothed(MapRadiusMm),
            Landmarks = Shifts(request, distances, repeatability),
            Left = request.Plan is null ? null : Side(before, toThreads, distances, repeatability, left: true),
            Right = request.Plan is null ? null : Side(before, toThreads, distances, repeatability, left: false),
            Marks = Marks(request, registration.Motion),
        };
    }

    /// <summary>The same quantities of a surface that is already in the first scan's frame, such as a predicted one: what the prediction says a visit would measure.</summary>
    /// <param name="request">What was measured at the visit.</param>
    /// <param name="predicted">The predicted surface, mm.</param>
    /// <param name="repeatability">Repeatability of the visit's measurement, mm: both are told under the same error.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IReadOnlyList<LandmarkShift> Project(FollowUpRequest request, TriangleMesh predicted, double repeatability, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(predicted);
        return Shifts(request, new SkinDistances(request.Before, predicted, cancellation), repeatability);
    }

    private static double[] DistanceToThreads(FollowUpRequest request)
    {
        if (request.Plan is not { } plan)
        {
            double[] beyond = new double[request.Before.VertexCount];
            Array.Fill(beyond, double.PositiveInfinity);
            return beyond;
        }

        var curves = plan.Threads.Select(thread => thread.Path)
            .Concat(plan.Targets.Where(target => request.Landmarks.TryGet(target.Landmark, out _)).Select(target => (IReadOnlyList<Vector3D>)[request.Landmarks[target.Landmark]])).ToList();
        return SurfaceDistance.FromCurves(new TriangleBvh(request.Before), new SurfaceTopology(request.Before), curves, step: 2, limit: TreatedMm + GapMm);
    }

    // By the landmarks of both scans, without those that do not agree with the rest.
    private static RigidMotion Start(FollowUpRequest request)
    {
        if (request.LandmarksAfter is null)
        {
            return RigidMotion.None;
        }

        var pairs = new List<(Vector3D From, Vector3D To)>();
        foreach (Landmark landmark in request.Landmarks.All)
        {
            if (request.LandmarksAfter.TryGet(landmark.Name, out Landmark? after))
            {
                pairs.Add((after.Position, landmark.Position));
            }
        }

        RigidMotion start = RigidMotion.None;
        while (pairs.Count >= LeastLandmarks)
        {
            start = RigidMotion.Between([.. pairs.Select(pair => pair.From)], [.. pairs.Select(pair => pair.To)]);
            int worst = Enumerable.Range(0, pairs.Count).MaxBy(index => Vector3D.Distance(start.Move(pairs[index].From), pairs[index].To));
            if (Vector3D.Distance(start.Move(pairs[worst].From), pairs[worst].To) < FarLandmarkMm)
            {
                break;
            }

            pairs.RemoveAt(worst);
        }

        return start;
    }

    private static double Repeatability(TriangleMesh before, int[] stable, SkinDistances distances)
    {
        double sum = 0;
        int count = 0;
        int places = Math.Min(RepeatedPlaces, stable.Length);
        for (int place = 0; place < places; place++)
        {
            int vertex = stable[(int)((long)place * stable.Length / places)];
            double mean = distances.Mean(before.Positions[vertex], distances.Normals[vertex], PlaceRadiusMm);
            if (double.IsFinite(mean))
            {
                sum += mean * mean;
                count++;
            }
        }

        return Math.Sqrt(sum / Math.Max(1, count));
    }

    private static List<LandmarkShift> Shifts(FollowUpRequest request, SkinDistances distances, double repeatability)
    {
        var tree = new TriangleBvh(request.Before);
        var shifts = new List<LandmarkShift>();
        IReadOnlyList<LiftTarget> targets = request.Plan?.Targets ?? [];
        foreach (LiftTarget target in targets.Where(target => request.Landmarks.TryGet(target.Landmark, out _)))
        {
            shifts.Add(Shift(target.Landmark, target.Vector.Normalized()));
        }

        foreach (Landmark landmark in request.Landmarks.All.Where(landmark => targets.All(target => target.Landmark != landmark.Name)))
        {
            shifts.Add(Shift(landmark.Name, null));
        }

        return shifts;

        LandmarkShift Shift(string name, Vector3D? vector)
        {
            SurfacePoint place = tree.ClosestPoint(request.Landmarks[name]);
            Vector3D normal = place.Interpolate(request.Before, distances.Normals).Normalized();
            double mean = distances.Mean(place.Position, normal, PlaceRadiusMm);
            (double ShiftMm, double ErrorMm)? contour = vector is { } along ? ContourFit.Fit(distances, place.Position, normal, along, repeatability) : null;
            return new LandmarkShift { Name = name, Vector = vector, NormalMm = double.IsFinite(mean) ? mean : null, ContourMm = contour?.ShiftMm, ContourErrorMm = contour?.ErrorMm };
        }
    }

    private static SideChange Side(TriangleMesh before, double[] toThreads, SkinDistances distances, double repeatability, bool left)
    {
        double area = 0;
        double volume = 0;
        for (int vertex = 0; vertex < before.VertexCount; vertex++)
        {
            if (toThreads[vertex] <= TreatedMm && before.Positions[vertex].X >= 0 == left && double.IsFinite(distances.Distances[vertex]))
            {
                area += distances.Areas[vertex];
                volume += distances.Areas[vertex] * distances.Distances[vertex];
            }
        }

        const double CubicMillimetres = 1000;
        return new SideChange(area, area > 0 ? volume / area : 0, volume / CubicMillimetres, area * repeatability / CubicMillimetres);
    }

    private static List<MarkShift> Marks(FollowUpRequest request, RigidMotion motion)
    {
        var marks = new List<MarkShift>();
        foreach ((string name, Vector3D place) in request.MarksBefore.OrderBy(mark => mark.Key, StringComparer.Ordinal))
        {
            if (request.MarksAfter.TryGetValue(name, out Vector3D later))
            {
                Vector3D shift = motion.Move(later) - place;
                LiftTarget? nearest = request.Plan?.Targets.Where(target => request.Landmarks.TryGet(target.Landmark, out _))
                    .MinBy(target => Vector3D.Distance(request.Landmarks[target.Landmark], place));
                marks.Add(new MarkShift(name, shift, nearest is null ? null : Vector3D.Dot(shift, nearest.Vector.Normalized())));
            }
        }

        return marks;
    }

    private static InvalidInputException Apart(string source, Exception? error) =>
        new InvalidInputException(source, null, "it cannot be laid on the first scan: they do not show the same part of the same patient, or lie too far apart.", error);
}

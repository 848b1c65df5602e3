using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Prediction;

namespace Threadwell.Trials;

/// <summary>Reads an endpoint off the course of one patient. Between stored times values are taken along a straight line.</summary>
internal static class CourseReadings
{
    // A column of skin belongs to the tissue that the response reaches where new collagen ever is more than this share of the most.
    private const double ReachedShare = 0.01;

    /// <summary>Unit of an endpoint's values.</summary>
    public static string UnitOf(TrialEndpointKind kind) => kind is TrialEndpointKind.Lift or TrialEndpointKind.Shift ? "mm" : "1";

    /// <summary>The value; of <see cref="TrialEndpointKind.ShareAbove"/>, the lift that is compared with the threshold.</summary>
    /// <param name="course">The course.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="months">Time of the visit.</param>
    public static double Of(CoursePrediction course, TrialEndpoint endpoint, double months) => Of(course.Document, () => NewCollagen(course), endpoint, months);

    /// <summary>Whether an endpoint can be computed again with other values: those of the coarser mesh and of suction; everything else is known of the single course alone.</summary>
    public static bool IsVaried(TrialEndpointKind kind) => IsOfCoarserMesh(kind) || IsElasticity(kind);

    /// <summary>Whether the coarser mesh tells an endpoint: it has lifts and support.</summary>
    public static bool IsOfCoarserMesh(TrialEndpointKind kind) =>
        kind is TrialEndpointKind.Lift or TrialEndpointKind.Shift or TrialEndpointKind.RelativeLift or TrialEndpointKind.ShareAbove or TrialEndpointKind.Firmness or TrialEndpointKind.FirmnessGain;

    /// <summary>Whether an endpoint is an elasticity in suction, which needs no mesh of the face.</summary>
    public static bool IsElasticity(TrialEndpointKind kind) =>
        kind is TrialEndpointKind.R2 or TrialEndpointKind.R5 or TrialEndpointKind.R7 or TrialEndpointKind.UntreatedR2 or TrialEndpointKind.UntreatedR5 or TrialEndpointKind.UntreatedR7;

    /// <summary>The value read off a course that was computed again with other values; what it does not tell is not a number.</summary>
    /// <param name="varied">The course.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="months">Time of the visit.</param>
    public static double OfVaried(PredictionDocument varied, TrialEndpoint endpoint, double months) =>
        IsVaried(endpoint.Kind) ? Of(varied, () => [], endpoint, months) : double.NaN;

    private static double Of(PredictionDocument document, Func<double[]> newCollagen, TrialEndpoint endpoint, double months)
    {
        double At(IReadOnlyList<double> curve) => Interpolated(document.TimesDays, curve, months * CourseTimes.DaysPerMonth);
        double Mean(Func<LandmarkCourse, IReadOnlyList<double>> curve) => Landmarks(document, endpoint.Landmark).Average(landmark => At(curve(landmark)));
        switch (endpoint.Kind)
        {
            case TrialEndpointKind.Lift:
            case TrialEndpointKind.ShareAbove:
                return Mean(landmark => landmark.LiftMm);
            case TrialEndpointKind.Shift:
                return Mean(landmark => landmark.LiftMm) + Mean(landmark => landmark.UntreatedMm);
            case TrialEndpointKind.RelativeLift:
                return Mean(landmark => landmark.LiftMm) / Landmarks(document, endpoint.Landmark).Average(landmark => landmark.LiftMm[0]);
            case TrialEndpointKind.Strength:
                return document.Threads.Average(thread => At(thread.Strength));
            case TrialEndpointKind.Mass:
                return document.Threads.Average(thread => At(thread.Mass));
            case TrialEndpointKind.Collagen:
                return 1 + At(newCollagen());
            case TrialEndpointKind.Firmness:
                return At(document.SupportIndex);
            case TrialEndpointKind.FirmnessGain:
                return At(document.SupportIndex) / At(document.UntreatedSupportIndex);
            case TrialEndpointKind.R2:
                return At(ElasticityOf(document).R2);
            case TrialEndpointKind.R5:
                return At(ElasticityOf(document).R5);
            case TrialEndpointKind.R7:
                return At(ElasticityOf(document).R7);
            case TrialEndpointKind.UntreatedR2:
                return At(ElasticityOf(document).UntreatedR2);
            case TrialEndpointKind.UntreatedR5:
                return At(ElasticityOf(document).UntreatedR5);
            case TrialEndpointKind.UntreatedR7:
                return At(ElasticityOf(document).UntreatedR7);
            default:
                throw new ArgumentOutOfRangeException(nameof(endpoint), endpoint.Kind, "This endpoint is not known.");
        }
    }

    /// <summary>Whether the name of an endpoint means a landmark: itself, or without its side.</summary>
    /// <param name="name">Name that the endpoint gives.</param>
    /// <param name="landmark">Name of the landmark.</param>
    public static bool IsMeant(string name, string landmark) => landmark == name || landmark.StartsWith(name + ".", StringComparison.Ordinal);

    private static IReadOnlyList<LandmarkCourse> Landmarks(PredictionDocument document, string? name) =>
        name is null ? document.Landmarks : [.. document.Landmarks.Where(landmark => IsMeant(name, landmark.Name))];

    private static double[] NewCollagen(CoursePrediction course)
    {
        double[] most = [.. Enumerable.Range(0, course.NewCollagen[0].Length).Select(column => course.NewCollagen.Max(time => time[column]))];
        double threshold = ReachedShare * most.Max();
        int[] reached = [.. Enumerable.Range(0, most.Length).Where(column => most[column] > threshold)];
        return [.. course.NewCollagen.Select(time => reached.Length == 0 ? 0 : reached.Average(column => time[column]))];
    }

    private static double Interpolated(IReadOnlyList<double> times, IReadOnlyList<double> curve, double at)
    {
        int after = 1;
        while (after < times.Count - 1 && times[after] < at)
        {
            after++;
        }

        double fraction = Math.Clamp((at - times[after - 1]) / (times[after] - times[after - 1]), 0, 1);
        return curve[after - 1] + (fraction * (curve[after] - curve[after - 1]));
    }

    private static ElasticityDocument ElasticityOf(PredictionDocument document) =>
        document.Elasticity ?? throw new InvalidInputException("the trial", "endpoints", "R2, R5 and R7 of a patient cannot be read: the simulated suction found no equilibrium.");
}

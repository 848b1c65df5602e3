using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>The curves of one course: what an ensemble keeps of it.</summary>
/// <param name="LiftMm">Lift, mm: [target][time].</param>
/// <param name="UntreatedMm">Untreated displacement since day 0, mm: [target][time].</param>
/// <param name="Support">Support index, treated.</param>
/// <param name="UntreatedSupport">Support index, untreated.</param>
internal sealed record SampleCourse(double[][] LiftMm, double[][] UntreatedMm, double[] Support, double[] UntreatedSupport)
{
    /// <summary>Largest gain of the support index over the untreated course.</summary>
    /// <param name="treated">Support index of the treated course.</param>
    /// <param name="untreated">Support index of the untreated course.</param>
    public static double LargestGain(double[] treated, double[] untreated) => treated.Zip(untreated, (with, without) => with - without).Max();

    /// <summary>Takes the curves of a course.</summary>
    public static SampleCourse Of(IReadOnlyList<LandmarkCourse> landmarks, double[] support, double[] untreatedSupport) =>
        new([.. landmarks.Select(landmark => landmark.LiftMm.ToArray())], [.. landmarks.Select(landmark => landmark.UntreatedMm.ToArray())], support, untreatedSupport);
}

using Threadwell.Anatomy;
using Threadwell.Geometry;

namespace Threadwell.Plans;

/// <summary>How much lift is wished at a landmark.</summary>
/// <param name="Landmark">Full name of the landmark ("jowl.left").</param>
/// <param name="LiftMm">Lift on day 0 along the landmark's planned vector, mm.</param>
public sealed record LiftWish(string Landmark, double LiftMm)
{
    /// <summary>Most that may be wished, mm: far above what threads were ever measured to lift.</summary>
    public const double MostMm = 20;

    /// <summary>The wishes of a name: of both sides where it is a paired landmark without a side.</summary>
    /// <param name="name">Name of the landmark, with or without its side.</param>
    /// <param name="liftMm">Wished lift, mm.</param>
    /// <param name="landmarks">Landmarks of the scan.</param>
    /// <exception cref="InvalidInputException">There is no such landmark, or the lift is out of range; the source is "wish".</exception>
    public static IReadOnlyList<LiftWish> Of(string name, double liftMm, LandmarkSet landmarks)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(landmarks);
        if (liftMm is not (> 0 and <= MostMm))
        {
            throw new InvalidInputException("wish", name, $"a wish is a lift above 0 and up to {MostMm:0} mm.");
        }

        bool paired = LandmarkNames.PairedHead.Contains(name) || LandmarkNames.PairedTorso.Contains(name);
        string[] names = paired ? [LandmarkNames.OnSide(name, left: true), LandmarkNames.OnSide(name, left: false)] : [name];
        return [.. names.Select(full => landmarks.TryGet(full, out _)
            ? new LiftWish(full, liftMm)
            : throw new InvalidInputException("wish", full, "the scan has no such landmark."))];
    }
}

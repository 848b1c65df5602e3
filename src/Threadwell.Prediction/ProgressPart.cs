namespace Threadwell.Prediction;

/// <summary>Progress of a part as progress of the whole that it is a part of.</summary>
/// <param name="whole">Told of the whole; null for nobody.</param>
/// <param name="from">How far the whole has come when the part begins, 0 to 1.</param>
/// <param name="share">Share of the part in the whole, 0 to 1.</param>
/// <param name="doing">What is said while the part goes on; null for what the part itself says.</param>
public sealed class ProgressPart(IProgress<CourseProgress>? whole, double from, double share, string? doing = null) : IProgress<CourseProgress>
{
    /// <summary>Tells the whole. The end of the part is not told: it is not the end of the whole, and what comes next tells where that stands.</summary>
    /// <param name="value">How far the part has come.</param>
    public void Report(CourseProgress value)
    {
        if (value.Fraction < 1)
        {
            whole?.Report(new CourseProgress(from + (share * value.Fraction), doing ?? value.Doing));
        }
    }
}

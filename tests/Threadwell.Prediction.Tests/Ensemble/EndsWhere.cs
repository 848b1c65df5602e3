namespace Threadwell.Prediction.Tests.Ensemble;

/// <summary>Says that it is enough where what is reported says so.</summary>
/// <param name="isOver">Whether it is.</param>
/// <param name="enough">Cancelled then.</param>
internal sealed class EndsWhere(Func<CourseProgress, bool> isOver, CancellationTokenSource enough) : IProgress<CourseProgress>
{
    public void Report(CourseProgress value)
    {
        if (isOver(value))
        {
            enough.Cancel();
        }
    }
}

using Threadwell.Prediction;

namespace Threadwell.Web.Previews;

/// <summary>Lets a drag go first: between two reports a computation waits while somebody drags a thread.</summary>
/// <param name="progress">Told what is reported.</param>
/// <param name="previews">Tells when somebody drags a thread.</param>
/// <param name="cancellation">Ends waiting.</param>
internal sealed class Yielding(IProgress<CourseProgress> progress, PreviewSessions previews, CancellationToken cancellation) : IProgress<CourseProgress>
{
    /// <inheritdoc />
    public void Report(CourseProgress value)
    {
        previews.WaitUntilQuiet(cancellation);
        progress.Report(value);
    }
}

using Threadwell.Geometry;
using Threadwell.Prediction;
using Threadwell.Storage.Files;
using Threadwell.Storage.Predictions;
using Threadwell.Work.Jobs;

namespace Threadwell.Web.Predictions;

/// <summary>Jobs that write into the row of their key how they ended, and what they made. Where the program ends, the row stays open, and the next start takes it up again.</summary>
/// <typeparam name="TRow">Kind of the rows.</typeparam>
/// <param name="lane">Where they run.</param>
/// <param name="kept">Keeps what they make.</param>
internal sealed class KeptJobs<TRow>(JobLane lane, CourseFiles kept)
    where TRow : class, IComputed
{
    /// <summary>A job that waits, runs, or ended a while ago; null for others.</summary>
    public Job? Find(Guid id) => lane.Find(id);

    /// <summary>Whether the job of a row waits or runs.</summary>
    public bool IsAlive(Guid id) => lane.Find(id) is { Status.IsOver: false };

    /// <summary>Stops the job of a row, where it has one.</summary>
    public void Cancel(Guid id) => lane.Find(id)?.Cancel();

    /// <summary>Starts the job of a stored row.</summary>
    /// <param name="id">Key of both.</param>
    /// <param name="compute">Computes, and tells how the row keeps what came of it: asked only where the row is still there, and while others wait, so that it only stores bytes that are ready.</param>
    /// <param name="ended">Writes into the row that it ended, however it did.</param>
    public Job Start(Guid id, Func<IProgress<CourseProgress>, CancellationToken, Action<FileStore, TRow>> compute, Action<TRow>? ended = null)
    {
        return lane.Add(id, Run, () => End(PredictionState.Cancelled));

        Guid Run(IProgress<CourseProgress> progress, CancellationToken cancellation)
        {
            try
            {
                Action<FileStore, TRow> keep = compute(progress, cancellation);
                cancellation.ThrowIfCancellationRequested();
                End(PredictionState.Done, keep: keep);
                return id;
            }
            catch (OperationCanceledException)
            {
                // Where it was not asked to stop, the program ends.
                if (lane.Find(id) is { IsCancelled: true })
                {
                    End(PredictionState.Cancelled);
                }

                throw;
            }
            catch (Exception error)
            {
                End(PredictionState.Failed, error is InvalidInputException input ? input.Problem : JobLane.FaultSentence);
                throw;
            }
        }

        void End(PredictionState state, string? problem = null, Action<FileStore, TRow>? keep = null) => kept.Change<TRow>(id, (files, row) =>
        {
            keep?.Invoke(files, row);
            (row.State, row.Problem) = (state, problem);
            ended?.Invoke(row);
        });
    }
}

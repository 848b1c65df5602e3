using System.Runtime.InteropServices;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Web.Surfaces;

namespace Threadwell.Web.Previews;

/// <summary>
/// One warm tissue, coarse or full, of a scan's area: prepared in the background, prepared anew when threads leave its region, and asked by one update at a time.
/// Preparing takes every core for a second or two. Where updates can be answered meanwhile, less exactly beyond the region, it waits until nobody drags a thread.
/// </summary>
/// <param name="resolution">Its mesh.</param>
/// <param name="waitUntilQuiet">Waits until nobody drags a thread.</param>
internal sealed class PreviewTissue(PreviewResolution resolution, Action<CancellationToken> waitUntilQuiet) : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private readonly CancellationTokenSource closing = new();
    private readonly Lock gate = new();
    private volatile Ready? ready;
    private Task preparing = Task.CompletedTask;
    private Exception? failure;
    private ThreadPlan? newest;

    /// <summary>How far preparing has come, 0 to 1.</summary>
    public double Fraction { get; private set; }

    /// <summary>Whether updates are answered.</summary>
    public bool IsReady => ready is not null;

    /// <summary>The carrier of a mesh key, or null when the tissue has another one by now.</summary>
    public byte[]? Carrier(Guid mesh) => ready is { } now && now.Mesh == mesh ? now.Carrier.Value : null;

    /// <summary>Starts preparing for a plan unless that is under way or the tissue already serves the plan.</summary>
    /// <exception cref="InvalidInputException">The last preparation was refused: the plan does not fit the scan.</exception>
    public void Prepare(ThreadPlan plan, Func<TriangleMesh> scan, string source)
    {
        lock (gate)
        {
            newest = plan;
            if (failure is { } error)
            {
                failure = null;
                throw error is InvalidInputException ? error : new InvalidOperationException("The preview could not be prepared.", error);
            }

            if (!preparing.IsCompleted || (ready is { } now && now.Preview.Covers(plan)))
            {
                return;
            }

            Fraction = 0;
            preparing = Task.Factory.StartNew(() => PrepareNow(scan, source), closing.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>The lift of a plan on the prepared tissue.</summary>
    /// <exception cref="PreviewException">The plan cannot be solved.</exception>
    /// <exception cref="OperationCanceledException">The page no longer waits.</exception>
    public async Task<(Guid Mesh, PreviewResult Result)> UpdateAsync(ThreadPlan plan, CancellationToken cancellation)
    {
        Ready now = ready ?? throw new InvalidOperationException("The tissue is not prepared.");
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            // A thread of its own: a solve takes both cores for a while, and requests must not wait for a pool thread.
            PreviewResult result = await Task.Factory.StartNew(() => now.Preview.Update(plan, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return (now.Mesh, result);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => closing.Cancel();

    private void PrepareNow(Func<TriangleMesh> scan, string source)
    {
        try
        {
            if (resolution == PreviewResolution.Full || IsReady)
            {
                waitUntilQuiet(closing.Token);
                closing.Token.ThrowIfCancellationRequested();
            }

            // The hand may have gone on, or come back, while this waited.
            ThreadPlan plan = newest!;
            if (ready is { } now && now.Preview.Covers(plan))
            {
                return;
            }

            LiftPreview preview = LiftPreview.Prepare(plan, scan(), source, new PreviewOptions { Resolution = resolution }, new Telling(this), closing.Token);
            ready = new Ready(Guid.CreateVersion7(), preview, new Lazy<byte[]>(() => CarrierOf(preview)));
        }
        catch (OperationCanceledException)
        {
            // Closed meanwhile.
        }
        catch (Exception error)
        {
            // Told to the next page that asks: a background preparation has nobody to throw to.
            lock (gate)
            {
                failure = error;
            }
        }
    }

    private static byte[] CarrierOf(LiftPreview preview)
    {
        CarrierBytes carrier = CarrierBytes.Of(preview.CarryToScan());
        using var stream = new MemoryStream();
        stream.Write(MemoryMarshal.AsBytes<uint>([(uint)carrier.Vertices.Length, (uint)preview.Skin.VertexCount]));
        carrier.Write(stream);
        return stream.ToArray();
    }

    private sealed record Ready(Guid Mesh, LiftPreview Preview, Lazy<byte[]> Carrier);

    private sealed class Telling(PreviewTissue tissue) : IProgress<CourseProgress>
    {
        public void Report(CourseProgress value) => tissue.Fraction = value.Fraction;
    }
}

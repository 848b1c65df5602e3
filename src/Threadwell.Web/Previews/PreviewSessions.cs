using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Storage.Scans;
using Threadwell.Web.Scans;

namespace Threadwell.Web.Previews;

/// <summary>Warm tissues on which a dragged thread's lift is found, for the few scans and areas used last.</summary>
/// <param name="scans">The scans' surfaces.</param>
/// <param name="time">Tells how long ago the last drag was.</param>
internal sealed class PreviewSessions(ScanLibrary scans, TimeProvider time) : IDisposable
{
    private const int KeptSessions = 3;

    // A pause in a drag that is longer than this ends it.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(400);

    private readonly Lock gate = new();
    private readonly LinkedList<Session> kept = [];
    private long lastUpdate;

    /// <summary>The tissues for a plan on a scan; they prepare themselves.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="plan">The plan.</param>
    public Session For(StoredScan scan, ThreadPlan plan)
    {
        lock (gate)
        {
            LinkedListNode<Session>? node = kept.First;
            while (node is not null && !node.Value.Serves(scan, plan))
            {
                node = node.Next;
            }

            if (node is null)
            {
                node = new(new Session(scan, plan, new(PreviewResolution.Coarse, WaitUntilQuiet), new(PreviewResolution.Full, WaitUntilQuiet)));
            }
            else
            {
                kept.Remove(node);
            }

            kept.AddFirst(node);
            if (kept.Count > KeptSessions)
            {
                kept.Last!.Value.Dispose();
                kept.RemoveLast();
            }

            return node.Value;
        }
    }

    /// <summary>The carrier of a mesh key; null when no tissue has it any more.</summary>
    public byte[]? Carrier(Guid mesh)
    {
        Session[] sessions;
        lock (gate)
        {
            sessions = [.. kept];
        }

        return sessions.Select(session => session.Coarse.Carrier(mesh) ?? session.Full.Carrier(mesh)).FirstOrDefault(carrier => carrier is not null);
    }

    /// <summary>The surface of a scan.</summary>
    public TriangleMesh Surface(StoredScan scan) => scans.Skin(scan).Mesh;

    /// <summary>Notes that somebody drags a thread.</summary>
    public void Touch() => Interlocked.Exchange(ref lastUpdate, time.GetTimestamp());

    /// <summary>Waits until nobody drags a thread.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public void WaitUntilQuiet(CancellationToken cancellation)
    {
        while (Interlocked.Read(ref lastUpdate) is var last && last != 0 && time.GetElapsedTime(last) is var since && since < Quiet)
        {
            if (cancellation.WaitHandle.WaitOne(Quiet - since))
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (Session session in kept)
            {
                session.Dispose();
            }

            kept.Clear();
        }
    }

    /// <summary>The tissues of one scan, area and patient: coarse for the hand that drags, full for the answer when it lets go.</summary>
    internal sealed class Session(StoredScan scan, ThreadPlan plan, PreviewTissue coarse, PreviewTissue full) : IDisposable
    {
        private readonly Landmark[] landmarks = [.. plan.Landmarks];

        /// <summary>The coarse tissue.</summary>
        public PreviewTissue Coarse { get; } = coarse;

        /// <summary>The tissue on a prediction's mesh.</summary>
        public PreviewTissue Full { get; } = full;

        /// <summary>Whether it is for this plan's tissue.</summary>
        public bool Serves(StoredScan other, ThreadPlan candidate) =>
            scan.Id == other.Id && scan.SurfaceSha256 == other.SurfaceSha256 && plan.Area == candidate.Area && plan.Patient == candidate.Patient && candidate.Landmarks.SequenceEqual(landmarks);

        public void Dispose()
        {
            Coarse.Dispose();
            Full.Dispose();
        }
    }
}

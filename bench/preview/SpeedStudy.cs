using System.Diagnostics;
using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Prediction;

namespace Threadwell.Preview.Bench;

/// <summary>Updates a second while one end of one thread of an area's standard plan is dragged 10 mm to and fro in 40 steps of half a millimetre.</summary>
internal static class SpeedStudy
{
    private const int Steps = 40;

    public static void Run(IReadOnlyList<TreatmentArea> areas)
    {
        VirtualPatient patient = Cases.Patient(1);
        var skin = new TriangleBvh(patient.Scan);
        Console.WriteLine("| area | mesh | nodes | prepare s | first ms | median ms | longest ms | processor ms | updates a second |");
        foreach (TreatmentArea area in areas)
        {
            ThreadPlan plan = Cases.Plan(patient, area, ThreadMaterial.Pdo);
            foreach (PreviewResolution resolution in Enum.GetValues<PreviewResolution>())
            {
                var watch = Stopwatch.StartNew();
                LiftPreview preview = LiftPreview.Prepare(plan, patient.Scan, "plan", new PreviewOptions { Resolution = resolution });
                double prepare = watch.Elapsed.TotalSeconds;
                watch.Restart();
                preview.Update(plan);
                double first = watch.Elapsed.TotalMilliseconds;
                var times = new List<double>();
                TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
                for (int step = 1; step <= Steps; step++)
                {
                    ThreadPlan dragged = Drag(plan, skin, Math.Min(step, Steps - step) * 0.5);
                    watch.Restart();
                    preview.Update(dragged);
                    times.Add(watch.Elapsed.TotalMilliseconds);
                }

                double processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / Steps;
                times.Sort();
                Console.WriteLine(
                    $"| {area} | {resolution} | {preview.NodeCount} | {prepare:0.0} | {first:0} | {times[Steps / 2]:0} | {times[^1]:0} | {processor:0} | {1000 / times.Average():0.0} |");
            }
        }
    }

    /// <summary>Moves the exit of the second thread along the skin, and the points between in proportion.</summary>
    private static ThreadPlan Drag(ThreadPlan plan, TriangleBvh skin, double mm)
    {
        PlannedThread thread = plan.Threads[1];
        Vector3D[] path = [.. thread.Path.Select((point, index) => skin.ClosestPoint(point + ((double)index / (thread.Path.Count - 1) * mm * Vector3D.UnitY)).Position)];
        return plan with { Threads = [.. plan.Threads.Select((other, index) => index == 1 ? thread with { Path = path } : other)] };
    }
}

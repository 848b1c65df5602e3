using Threadwell.Anatomy;
using Threadwell.Anatomy.Tissue;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Reads the lift of a plan's landmarks from both courses.</summary>
internal static class LandmarkLift
{
    /// <summary>A landmark further from the treated skin than this cannot be read from it, mm.</summary>
    public const double FarthestMm = 5;

    /// <summary>Lift at every target.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tissue">The tissue.</param>
    /// <param name="treated">The treated course.</param>
    /// <param name="untreated">The untreated course.</param>
    /// <param name="source">What an error message names as the source of the plan.</param>
    /// <exception cref="InvalidInputException">A landmark lies off the treated skin.</exception>
    public static LandmarkCourse[] Of(ThreadPlan plan, LayeredTissue tissue, CourseFields treated, CourseFields untreated, string source)
    {
        var probe = new TissueProbe(tissue);
        return [.. plan.Targets.Select((target, index) => Lift(target, index, plan, tissue, probe, treated, untreated, source))];
    }

    private static LandmarkCourse Lift(
        LiftTarget target, int index, ThreadPlan plan, LayeredTissue tissue, TissueProbe probe, CourseFields treated, CourseFields untreated, string source)
    {
        SurfacePoint at = probe.Embed(plan.Landmarks.First(landmark => landmark.Name == target.Landmark).Position);
        if (at.Distance > FarthestMm)
        {
            throw new InvalidInputException(
                source, $"targets[{index}].landmark", $"'{target.Landmark}' lies {at.Distance:0.0} mm off the treated skin; correct the landmark or leave the target out.");
        }

        double Along(CourseFields fields, int time) => Vector3D.Dot(OnSkin(at, tissue, column => fields.At(time, tissue.Node(column, tissue.LevelCount - 1))), target.Vector);
        int times = treated.Displacement.Length;
        double[] without = [.. Enumerable.Range(0, times).Select(time => Along(untreated, time))];
        return new LandmarkCourse
        {
            Name = target.Landmark,
            Vector = target.Vector,
            LiftMm = [.. Enumerable.Range(0, times).Select(time => Along(treated, time) - without[time])],
            UntreatedMm = without,
        };
    }

    private static Vector3D OnSkin(SurfacePoint at, LayeredTissue tissue, Func<int, Vector3D> ofColumn)
    {
        int first = 3 * at.Triangle;
        int[] corners = tissue.Skin.Triangles;
        return (at.Barycentrics.X * ofColumn(corners[first])) + (at.Barycentrics.Y * ofColumn(corners[first + 1])) + (at.Barycentrics.Z * ofColumn(corners[first + 2]));
    }
}

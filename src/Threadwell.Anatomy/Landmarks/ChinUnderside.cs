using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>Follows the midline from pogonion under the chin to menton: where the outward normal has turned to a set angle below the horizontal.</summary>
internal static class ChinUnderside
{
    private const double StepMm = 0.5;

    /// <summary>Menton, local mm of the head's frame.</summary>
    public static FaceSide.Found Find(TriangleMesh mesh, MidlineProfile profile)
    {
        double angle = EvidenceCatalogue.Value("landmark.menton-normal", "deg") * Math.PI / 180;

        // Seen along the wanted normal, menton is the nearest point of the chin: the first local maximum of depth after pogonion.
        Frame head = profile.Frame;
        Vector3D toViewer = (Math.Cos(angle) * head.Z) - (Math.Sin(angle) * head.Y);
        Vector3D chin = head.ToPatient(profile.Pogonion);
        var view = new Frame(chin, head.X, Vector3D.Cross(toViewer, head.X), toViewer);
        DepthImage image = DepthImage.Render(mesh, view, new(-5, 5, -60, 15, -45, 45), 1).Blurred(1.5);
        double[] depth = [.. Enumerable.Range(0, 121).Select(step => Strip(image, -step * StepMm))];
        int found = -1;
        for (int step = 1; step < depth.Length - 1 && found < 0; step++)
        {
            // Two millimetres each way decide, so that noise makes no maximum.
            double ahead = depth[Math.Min(step + 4, depth.Length - 1)];
            double behind = depth[Math.Max(step - 4, 0)];
            if (depth[step] >= depth[step - 1] && depth[step] >= depth[step + 1] && depth[step] > behind && depth[step] > ahead)
            {
                found = step;
            }
        }

        double confidence = 0.95;
        if (found < 0)
        {
            // The normal never turns that far (a full neck): the place where the contour bends most, seen as the fullest point before its chord.
            confidence = 0.5;
            double fullest = double.NegativeInfinity;
            int end = (int)(35 / StepMm);
            for (int step = 0; step <= end; step++)
            {
                double before = depth[step] - (depth[0] + ((depth[end] - depth[0]) * step / end));
                if (before > fullest)
                {
                    (fullest, found) = (before, step);
                }
            }
        }

        return found < 0
            ? new(profile.Pogonion, 0)
            : new(head.ToLocal(view.ToPatient(new(0, -found * StepMm, depth[found]))), confidence);
    }

    private static double Strip(DepthImage image, double y)
    {
        double sum = 0;
        for (int x = -2; x <= 2; x++)
        {
            sum += image.Sample(x, y);
        }

        return sum / 5;
    }
}

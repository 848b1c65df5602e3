using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>The plane about which the front of a face is most nearly symmetric.</summary>
internal static class SymmetryPlane
{
    // Search range: a head turned or tilted by more than this is no front view. Steps are fine enough for the local search after it.
    private const double RangeDegrees = 18;
    private const double StepDegrees = 3;
    private const double PixelMm = 2;

    // A mirrored point farther off than this (mm) is a hole, hair or a real asymmetry, and counts no more than this.
    private const double CapMm = 5;

    /// <summary>Finds the plane near the nose.</summary>
    /// <param name="mesh">The scan, mm.</param>
    /// <param name="tip">Tip of the nose, mm.</param>
    /// <returns>A frame whose x is normal to the plane and whose origin lies on it near the tip, and the mean misfit of the mirrored face, mm.</returns>
    public static (Frame Frame, double MisfitMm) Find(TriangleMesh mesh, Vector3D tip)
    {
        var view = new Frame(tip, Vector3D.UnitX, Vector3D.UnitY, Vector3D.UnitZ);
        DepthImage face = DepthImage.Render(mesh, view, new(-80, 80, -75, 95, -85, 15), PixelMm).Blurred(2);
        List<Vector3D> samples = Samples(face);
        double range = Math.Tan(RangeDegrees * Math.PI / 180);
        double step = Math.Tan(StepDegrees * Math.PI / 180);
        var best = new double[3];
        double least = double.MaxValue;
        for (double roll = -range; roll <= range + 1e-9; roll += step)
        {
            for (double yaw = -range; yaw <= range + 1e-9; yaw += step)
            {
                for (double offset = -6; offset <= 6; offset += 2)
                {
                    double misfit = Misfit(face, samples, [roll, yaw, offset], every: 5);
                    if (misfit < least)
                    {
                        (least, best) = (misfit, [roll, yaw, offset]);
                    }
                }
            }
        }

        least = Refine(face, samples, best, [step / 2, step / 2, 1]);
        (Vector3D normal, Vector3D origin) = Plane(best);
        return (Frame.FromAxes(view.ToPatient(origin), normal, Vector3D.UnitY), least);
    }

    private static List<Vector3D> Samples(DepthImage face)
    {
        var samples = new List<Vector3D>();
        for (int row = 0; row < face.Rows; row++)
        {
            for (int column = 0; column < face.Columns; column++)
            {
                double z = face[column, row];
                if (!double.IsNaN(z) && Math.Abs(face.X(column)) < 65)
                {
                    samples.Add(new(face.X(column), face.Y(row), z));
                }
            }
        }

        return samples;
    }

    /// <summary>Pattern search: tries a step each way along each parameter and halves the steps when none helps.</summary>
    private static double Refine(DepthImage face, List<Vector3D> samples, double[] parameters, double[] steps)
    {
        double least = Misfit(face, samples, parameters, every: 1);
        while (steps[2] > 0.02)
        {
            bool better = false;
            for (int parameter = 0; parameter < 3; parameter++)
            {
                foreach (double sign in (ReadOnlySpan<double>)[1, -1])
                {
                    double[] trial = [.. parameters];
                    trial[parameter] += sign * steps[parameter];
                    double misfit = Misfit(face, samples, trial, every: 1);
                    if (misfit < least)
                    {
                        least = misfit;
                        trial.CopyTo(parameters, 0);
                        better = true;
                    }
                }
            }

            if (!better)
            {
                steps = [steps[0] / 2, steps[1] / 2, steps[2] / 2];
            }
        }

        return least;
    }

    private static (Vector3D Normal, Vector3D Origin) Plane(double[] parameters)
    {
        Vector3D normal = new Vector3D(1, parameters[0], parameters[1]).Normalized();
        return (normal, parameters[2] * normal);
    }

    private static double Misfit(DepthImage face, List<Vector3D> samples, double[] parameters, int every)
    {
        (Vector3D normal, Vector3D origin) = Plane(parameters);
        double sum = 0;
        double count = 0;
        for (int index = 0; index < samples.Count; index += every)
        {
            Vector3D p = samples[index];
            Vector3D mirrored = p - (2 * Vector3D.Dot(p - origin, normal) * normal);
            double z = face.Sample(mirrored.X, mirrored.Y);

            // Outside of the picture nothing is known: half of the cap keeps the plane from wandering there.
            sum += double.IsNaN(z) ? CapMm / 2 : Math.Min(CapMm, Math.Abs(mirrored.Z - z));
            count++;
        }

        return sum / count;
    }
}

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>Planes of a polygoniser's grid along one axis.</summary>
internal static class GridSpacing
{
    /// <summary>Each step outside the fine stretch is longer by this factor.</summary>
    private const double Growth = 1.06;

    /// <summary>Equal steps from low to high, mm; the step is shortened so that both ends are planes.</summary>
    public static double[] Uniform(double low, double high, double step)
    {
        int count = (int)Math.Ceiling((high - low) / step);
        return [.. Enumerable.Range(0, count + 1).Select(i => low + ((high - low) * i / count))];
    }

    /// <summary>Planes that stand at the fine step between two bounds and widen smoothly to the coarse step beyond them, mm.</summary>
    public static double[] Graded(double low, double high, double fineLow, double fineHigh, double fine, double coarse)
    {
        List<double> below = [];
        for (double at = fineLow, step = fine; at > low;)
        {
            step = Math.Min(coarse, step * Growth);
            at -= step;
            below.Add(Math.Max(at, low));
        }

        List<double> planes = [.. below.AsEnumerable().Reverse()];
        if (planes.Count > 1 && planes[1] - planes[0] < 0.5 * fine)
        {
            planes.RemoveAt(1);
        }

        double edge = fine;
        for (double at = Math.Max(low, fineLow); at < high; at += edge)
        {
            planes.Add(at);
            edge = at > fineHigh ? Math.Min(coarse, edge * Growth) : fine;
        }

        return [.. planes];
    }

    /// <summary>Halves the steps whose middle lies in one of the bands, mm.</summary>
    public static double[] Refine(double[] planes, params (double Low, double High)[] bands)
    {
        List<double> refined = [planes[0]];
        for (int i = 1; i < planes.Length; i++)
        {
            double middle = 0.5 * (planes[i - 1] + planes[i]);
            if (bands.Any(band => middle > band.Low && middle < band.High))
            {
                refined.Add(middle);
            }

            refined.Add(planes[i]);
        }

        return [.. refined];
    }
}

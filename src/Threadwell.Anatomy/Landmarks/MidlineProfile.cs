using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>The midline of a face, z over y in the head's own frame, and the points on it that <c>docs/landmarks.md</c> defines.</summary>
internal sealed class MidlineProfile
{
    private const double StepMm = 0.5;
    private const double ReachMm = 120;
    private readonly double[] z;

    private MidlineProfile(DepthImage front)
    {
        // The mean over 5 mm across the midline: a strip is steadier than a line on a noisy scan, and just as deep on a symmetric face.
        z = new double[(int)(2 * ReachMm / StepMm) + 1];
        for (int index = 0; index < z.Length; index++)
        {
            double sum = 0;
            int count = 0;
            for (int x = -2; x <= 2; x++)
            {
                double sample = front.Sample(x, Y(index));
                if (!double.IsNaN(sample))
                {
                    sum += sample;
                    count++;
                }
            }

            z[index] = count >= 3 ? sum / count : double.NaN;
        }
    }

    /// <summary>The head's frame: origin at the tip of the nose, y from pogonion to sellion.</summary>
    public required Frame Frame { get; init; }

    /// <summary>Deepest point of the nasal root, local mm.</summary>
    public Vector3D Sellion { get; private set; }

    /// <summary>Tip of the nose, local mm.</summary>
    public Vector3D Pronasale { get; private set; }

    /// <summary>Where the nose's base meets the upper lip, local mm.</summary>
    public Vector3D Subnasale { get; private set; }

    /// <summary>Between the lips, local mm.</summary>
    public Vector3D Stomion { get; private set; }

    /// <summary>Deepest point of the fold under the lower lip, local mm.</summary>
    public Vector3D ChinFold { get; private set; }

    /// <summary>The most anterior point of the chin, local mm.</summary>
    public Vector3D Pogonion { get; private set; }

    /// <summary>How deep the line between the lips is, mm.</summary>
    public double LipLineDepthMm { get; private set; }

    /// <summary>How far the chin stands out before the fold under the lower lip, mm; zero on a receding chin.</summary>
    public double ChinProminenceMm { get; private set; }

    /// <summary>Height of the nose from subnasale to sellion, mm: the unit of the face below.</summary>
    public double NoseHeight => Sellion.Y - Subnasale.Y;

    /// <summary>Reads the profile and turns the frame until its y runs from pogonion to sellion.</summary>
    /// <param name="mesh">The scan, mm.</param>
    /// <param name="symmetric">Frame whose x is normal to the plane of symmetry and whose origin lies near the tip of the nose.</param>
    /// <returns>The profile, or null where the midline shows no nose, lips and chin.</returns>
    public static MidlineProfile? Find(TriangleMesh mesh, Frame symmetric)
    {
        Frame frame = symmetric;
        MidlineProfile? profile = null;

        // Turning the frame moves the extrema a little, and they turn the frame: five rounds are far more than it needs.
        for (int round = 0; round < 5; round++)
        {
            DepthImage front = DepthImage.Render(mesh, frame, new(-5, 5, -ReachMm - 5, ReachMm + 5, -100, 30), 1).Blurred(1);
            profile = new MidlineProfile(front) { Frame = frame };
            if (!profile.FindPoints())
            {
                return null;
            }

            Frame turned = Frame.FromAxes(frame.ToPatient(profile.Pronasale), frame.X, frame.ToPatient(profile.Sellion) - frame.ToPatient(profile.Pogonion));
            if ((turned.Y - frame.Y).Length < 1e-3 && (turned.Origin - frame.Origin).Length < 0.1)
            {
                break;
            }

            frame = turned;
        }

        return profile;
    }

    private static double Y(int index) => -ReachMm + (index * StepMm);

    private static int Index(double y) => (int)Math.Round((y + ReachMm) / StepMm);

    private Vector3D Point(int index) => new(0, Y(index), z[index]);

    private bool FindPoints()
    {
        int tip = Extreme(-15, 15, index => z[index]);
        if (tip < 0)
        {
            return false;
        }

        Pronasale = Point(tip);
        double top = Pronasale.Y;

        // The chord from the tip to the forehead touches it where it looks steepest from the tip.
        int forehead = Extreme(top + 45, top + 80, index => (z[index] - Pronasale.Z) / (Y(index) - top));
        int sellion = forehead < 0 ? -1 : Behind(tip, forehead);
        if (sellion < 0)
        {
            return false;
        }

        Sellion = Point(sellion);
        double bridge = Sellion.Y - top;

        // Seen from the tip, the base of the nose falls away most; below it the chord touches the upper lip. The tip's own rounding lies above both.
        double Slope(int index) => (z[index] - Pronasale.Z) / (top - Y(index));
        int noseBase = Extreme(top - (0.9 * bridge), top - (0.3 * bridge), index => -Slope(index));
        int upperLip = noseBase < 0 ? -1 : Extreme(top - (0.9 * bridge), Y(noseBase), Slope);
        int subnasale = upperLip < 0 ? -1 : Behind(tip, upperLip);
        if (subnasale < 0)
        {
            return false;
        }

        Subnasale = Point(subnasale);
        return FindLips() && FindChin();
    }

    private bool FindLips()
    {
        // Stomion lies about 0.45 nose heights under subnasale: the deepest narrow valley near there, each millimetre of
        // doubt costing a little depth. The fold above the chin is deeper but wider, and lower.
        double expected = Subnasale.Y - (0.45 * NoseHeight);
        int stomion = Extreme(Subnasale.Y - (0.57 * NoseHeight), Subnasale.Y - (0.22 * NoseHeight), index => ValleyDepth(index) - (0.05 * Math.Abs(Y(index) - expected)));
        if (stomion < 0)
        {
            return false;
        }

        Stomion = Point(stomion);
        LipLineDepthMm = ValleyDepth(stomion);
        return true;
    }

    private bool FindChin()
    {
        double mouth = Stomion.Y;
        int lowerLip = Extreme(mouth - (0.3 * NoseHeight), mouth - 3, index => z[index]);
        int chinEnd = Extreme(mouth - (1.05 * NoseHeight), mouth - (0.42 * NoseHeight), index => z[index]);
        int fold = lowerLip < 0 || chinEnd < 0 ? -1 : Behind(chinEnd, lowerLip);
        if (fold < 0)
        {
            return false;
        }

        ChinFold = Point(fold);
        int pogonion = Extreme(mouth - (1.05 * NoseHeight), ChinFold.Y - 3, index => z[index]);
        if (pogonion < 0)
        {
            return false;
        }

        ChinProminenceMm = z[pogonion] - ChinFold.Z;
        if (ChinProminenceMm <= 0.05)
        {
            // A receding chin has no most anterior point of its own: it begins where the profile turns back by more than 10 degrees.
            ChinProminenceMm = 0;
            int reach = (int)(2 / StepMm);
            pogonion = Index(ChinFold.Y - 5);
            while (pogonion > reach && z[pogonion + reach] - z[pogonion - reach] < 2 * 2 * Math.Tan(Math.PI / 18))
            {
                pogonion--;
            }
        }

        if (pogonion < 0)
        {
            return false;
        }

        Pogonion = Point(pogonion);
        return true;
    }

    /// <summary>The index between two heights with the largest score, or −1 where no score is a number.</summary>
    private int Extreme(double fromY, double toY, Func<int, double> score)
    {
        int best = -1;
        double largest = double.NegativeInfinity;
        for (int index = Math.Max(0, Index(fromY)); index <= Math.Min(z.Length - 1, Index(toY)); index++)
        {
            double value = score(index);
            if (value > largest)
            {
                (best, largest) = (index, value);
            }
        }

        return best;
    }

    /// <summary>The index farthest behind the chord between two others, or −1 where nothing lies behind it.</summary>
    private int Behind(int a, int b)
    {
        int best = -1;
        double farthest = 0;
        for (int index = Math.Min(a, b) + 1; index < Math.Max(a, b); index++)
        {
            double behind = Chord(a, b, index) - z[index];
            if (behind > farthest)
            {
                (best, farthest) = (index, behind);
            }
        }

        return best;
    }

    private double Chord(int a, int b, int index) => z[a] + ((z[b] - z[a]) * (index - a) / (b - a));

    /// <summary>How far a point lies below the lower of the best shoulders 2 to 5 mm above and below it, mm.</summary>
    private double ValleyDepth(int index)
    {
        double above = double.NegativeInfinity;
        double below = double.NegativeInfinity;
        for (int reach = (int)(2 / StepMm); reach <= (int)(5 / StepMm); reach++)
        {
            if (index - reach >= 0 && index + reach < z.Length)
            {
                above = Math.Max(above, z[index + reach]);
                below = Math.Max(below, z[index - reach]);
            }
        }

        return Math.Min(above, below) - z[index];
    }
}

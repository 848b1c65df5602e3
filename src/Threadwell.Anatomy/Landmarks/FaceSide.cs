using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>
/// One side of a face in the head's frame with x pointing outwards, so that left and right share every rule: views from the front and from the side,
/// and the landmarks that are seen in them. Local mm.
/// </summary>
internal sealed class FaceSide
{
    // A crease of the skin counts up to this depth; what is deeper than the second number is an opening.
    private const double DeepestMm = 4;
    private const double OpeningMm = 7;
    private readonly TriangleMesh mesh;
    private readonly Frame frame;
    private readonly DepthImage front;
    private readonly DepthImage side;
    private readonly MidlineProfile profile;

    /// <summary>Draws the two views.</summary>
    /// <param name="mesh">The scan, mm.</param>
    /// <param name="frame">The head's frame, x outwards on this side.</param>
    /// <param name="profile">The midline.</param>
    public FaceSide(TriangleMesh mesh, Frame frame, MidlineProfile profile)
    {
        this.mesh = mesh;
        this.frame = frame;
        this.profile = profile;
        front = DepthImage.Render(mesh, frame, new(-12, 90, -130, 110, -95, 30), 1).Blurred(1);
        side = DepthImage.Render(mesh, frame.SideView(), new(-170, 10, -130, 110, 20, 125), 1).Blurred(1.5);
    }

    /// <summary>A landmark found, with how clearly the surface showed it (0 to 1).</summary>
    internal readonly record struct Found(Vector3D Point, double Confidence);

    /// <summary>The wing of the nose.</summary>
    public Found Alare() => new NoseWing(mesh, frame, profile).Find() ?? new(OnFront(NoseWing.ExpectedHalfWidth(profile), profile.Subnasale.Y + 5), 0);

    /// <summary>How likely a measure is beside its expectation: 1 at it, 0.78 one deviation away, 0.37 two.</summary>
    public static double Likely(double value, double expected, double deviation)
    {
        double distance = (value - expected) / deviation;
        return Math.Exp(-0.25 * distance * distance);
    }

    /// <summary>The skin point straight behind a place in the front view.</summary>
    public Vector3D OnFront(double x, double y) => new(x, y, front.Sample(x, y));

    /// <summary>Depth in the front view, mm; NaN where there is no surface or the view falls into an opening (between lids or lips) more than 7 mm deep.</summary>
    public double Depth(double x, double y) => Shoulder(x, y, 8) - front.Sample(x, y) < OpeningMm ? front.Sample(x, y) : double.NaN;

    /// <summary>How far a point lies below the lower of the shoulders 2 to 7 mm above and below it, mm, at most 4; an opening counts as deep.</summary>
    public double Valley(double x, double y)
    {
        double shoulder = Shoulder(x, y, 7);
        double z = front.Sample(x, y);
        return Math.Clamp(double.IsNaN(z) ? (double.IsInfinity(shoulder) ? 0 : DeepestMm) : shoulder - z, 0, DeepestMm);
    }

    private double Shoulder(double x, double y, int farthest)
    {
        double above = double.NegativeInfinity;
        double below = double.NegativeInfinity;
        for (int reach = 2; reach <= farthest; reach++)
        {
            double up = front.Sample(x, y + reach);
            double down = front.Sample(x, y - reach);
            above = double.IsNaN(up) ? above : Math.Max(above, up);
            below = double.IsNaN(down) ? below : Math.Max(below, down);
        }

        return Math.Min(above, below);
    }

    /// <summary>The peak of the brow above an eye, by its rule.</summary>
    /// <param name="canthus">The lateral canthus.</param>
    public Found BrowPeak(Vector3D canthus)
    {
        double x = EvidenceCatalogue.Value("landmark.brow-peak-to-canthus", "1") * canthus.X;
        double low = canthus.Y + EvidenceCatalogue.Value("landmark.brow-lowest-above-canthus", "mm");
        double high = canthus.Y + EvidenceCatalogue.Value("landmark.brow-highest-above-canthus", "mm");
        double reach = EvidenceCatalogue.Value("landmark.brow-bend-scale", "mm");
        double best = double.NegativeInfinity;
        double y = double.NaN;
        for (double height = low; height <= high; height += 0.25)
        {
            double bend = front.Sample(x, height) - (0.5 * (front.Sample(x, height - reach) + front.Sample(x, height + reach)));
            if (bend > best)
            {
                (best, y) = (bend, height);
            }
        }

        return double.IsNaN(y) ? new(new(x, 0.5 * (low + high), canthus.Z), 0) : new(OnFront(x, y), Math.Clamp(0.4 + (best / 4), 0.3, 1));
    }

    /// <summary>The front root of the ear.</summary>
    public Found Tragus() => new EarRoot(side, profile).Find();

    /// <summary>The angle of the jaw, by construction.</summary>
    public Found Gonion(Vector3D tragus, Vector3D menton)
    {
        double nearTragus = EvidenceCatalogue.Value("landmark.ramus-to-tragus-menton", "1");
        double nearMenton = EvidenceCatalogue.Value("landmark.jaw-body-to-tragus-menton", "1");
        double cosine = ((nearTragus * nearTragus) + 1 - (nearMenton * nearMenton)) / (2 * nearTragus);
        double sine = Math.Sqrt(1 - (cosine * cosine));
        double dz = menton.Z - tragus.Z;
        double dy = menton.Y - tragus.Y;

        // Turning the line from tragus to menton (forwards and down) towards straight down takes z from +dz to less.
        double z = tragus.Z + (nearTragus * ((cosine * dz) + (sine * dy)));
        double y = tragus.Y + (nearTragus * ((cosine * dy) - (sine * dz)));
        double x = side.Sample(z, y);
        return double.IsNaN(x) ? new(new(tragus.X, y, z), 0) : new(new(x, y, z), 0.8);
    }
}

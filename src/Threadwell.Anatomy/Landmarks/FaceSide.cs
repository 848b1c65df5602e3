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
    public Found Alare()
    {
        double steepest = 0;
        (double X, double Slope)[] rows = [.. Enumerable.Range(0, (int)(0.26 * profile.NoseHeight)).Select(row => WingEdge(profile.Subnasale.Y + 1 + row))];
        foreach ((double _, double slope) in rows)
        {
            steepest = Math.Max(steepest, slope);
        }

        // The widest of the rows in which the wall of the wing is clear.
        int widest = -1;
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row].Slope >= 0.6 * steepest && (widest < 0 || rows[row].X > rows[widest].X))
            {
                widest = row;
            }
        }

        double expected = EvidenceCatalogue.Value("landmark.nose-half-width-to-nose-height", "1") * profile.NoseHeight;
        return widest < 0
            ? new(OnFront(expected, profile.Subnasale.Y + 5), 0)
            : new(OnWing(rows[widest].X, profile.Subnasale.Y + 1 + widest), Math.Min(1, steepest / 0.8) * Likely(rows[widest].X, expected, 7));
    }

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

    /// <summary>
    /// The most lateral point of the wing at a height: the front view shows how far out it reaches, a view from the side that stops there shows where
    /// on its curve that is. Where the wing runs into the cheek without an edge, it is the crease itself.
    /// </summary>
    private Vector3D OnWing(double x, double y)
    {
        double cheek = front.Sample(x + 2, y);
        DepthImage wing = DepthImage.Render(mesh, frame.SideView(), new(cheek, cheek + 25, y - 3, y + 3, 5, x + 1.5), 0.5).Blurred(0.7);
        double widest = double.NegativeInfinity;
        double z = front.Sample(x, y);
        for (double trial = cheek + 22; trial >= cheek + 1; trial -= 0.5)
        {
            // Going back, the wing swells to its widest and turns into the crease, behind which the cheek goes out again.
            double reach = wing.Sample(trial, y);
            if (reach < widest - 0.3)
            {
                break;
            }

            if (reach > widest)
            {
                (widest, z) = (reach, trial);
            }
        }

        return new(double.IsInfinity(widest) ? x : widest, y, z);
    }

    /// <summary>The outer edge of the nose's wing in one row: where, past its steepest fall, the surface has turned halfway back to the cheek.</summary>
    private (double X, double Slope) WingEdge(double y)
    {
        double steepest = 0;
        double at = double.NaN;
        for (double x = 8; x <= 28; x += 0.5)
        {
            double slope = (front.Sample(x - 1, y) - front.Sample(x + 1, y)) / 2;
            if (slope > steepest)
            {
                (steepest, at) = (slope, x);
            }
        }

        for (double x = at; x <= at + 6; x += 0.25)
        {
            double slope = (front.Sample(x - 0.5, y) - front.Sample(x + 0.5, y)) / 1;
            if (slope < 0.7 * steepest)
            {
                return (x, steepest);
            }
        }

        return (at, steepest);
    }
}

using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>Landmarks that <c>docs/landmarks.md</c> defines by construction from others: found on the finished skin by rays.</summary>
internal sealed class ConstructedLandmarks(SkinRays rays)
{
    /// <summary>The front root of the ear at the tragus's share of the ear's height.</summary>
    /// <param name="lobe">The ear's lowest point, mm.</param>
    /// <param name="top">The ear's highest point, mm.</param>
    public Vector3D Tragus(Vector3D lobe, Vector3D top)
    {
        // The cheek's course is its last slope, taken over the stretch and continued over it; an ear stands out by the rise, and starts at the root rise (mm).
        const double stretch = 14;
        const double rise = 3;
        const double rootRise = 2;
        double side = Math.Sign(lobe.X);
        double y = lobe.Y + (EvidenceCatalogue.Value("landmark.tragus-height-on-ear", "1") * (top.Y - lobe.Y));
        Vector3D Skin(double z) => rays.Outermost(new Vector3D(0, y, z), side * Vector3D.UnitX);
        double Width(double z) => side * Skin(z).X;
        for (double z = lobe.Z + 40; z > lobe.Z - 20; z -= 0.5)
        {
            double here = Width(z);
            double slope = Math.Max(0, (here - Width(z + stretch)) / stretch);
            double root = double.NaN;
            for (double back = 2; back <= stretch; back += 0.5)
            {
                double outwards = Width(z - back) - here - (back * slope);
                root = double.IsNaN(root) && outwards >= rootRise ? z - back : root;
                if (outwards >= rise)
                {
                    return Skin(root);
                }
            }
        }

        throw new InvalidOperationException("The virtual head's ear does not stand out from the cheek.");
    }

    /// <summary>The angle of the jaw: where ramus and body of the jaw meet in the side view, on the outermost skin.</summary>
    public Vector3D Gonion(Vector3D tragus, Vector3D menton)
    {
        double ramus = EvidenceCatalogue.Value("landmark.ramus-to-tragus-menton", "1");
        double body = EvidenceCatalogue.Value("landmark.jaw-body-to-tragus-menton", "1");
        double cosine = ((ramus * ramus) + 1 - (body * body)) / (2 * ramus);
        double sine = Math.Sqrt(1 - (cosine * cosine));
        double dz = menton.Z - tragus.Z;
        double dy = menton.Y - tragus.Y;
        double z = tragus.Z + (ramus * ((cosine * dz) + (sine * dy)));
        double y = tragus.Y + (ramus * ((cosine * dy) - (sine * dz)));
        double side = Math.Sign(tragus.X);
        return rays.Outermost(new Vector3D(0, y, z), side * Vector3D.UnitX);
    }

    /// <summary>The jowl on the border of the jaw.</summary>
    public Vector3D Jowl(Vector3D gonion, Vector3D menton)
    {
        Vector3D outward = Vector3D.Cross(gonion - menton, Vector3D.UnitY);
        outward = new Vector3D(outward.X, 0, outward.Z).Normalized();
        outward = Math.Sign(gonion.X) * Math.Sign(outward.X) * outward;
        return rays.Outermost(Vector3D.Lerp(menton, gonion, EvidenceCatalogue.Value("landmark.jowl-from-menton-to-gonion", "1")), (outward - Vector3D.UnitY).Normalized());
    }

    /// <summary>The sharpest outward bend of the orbital ridge above the lateral canthus.</summary>
    public Vector3D BrowPeak(Vector3D canthus)
    {
        double x = EvidenceCatalogue.Value("landmark.brow-peak-to-canthus", "1") * canthus.X;
        double lowest = EvidenceCatalogue.Value("landmark.brow-lowest-above-canthus", "mm");
        double highest = EvidenceCatalogue.Value("landmark.brow-highest-above-canthus", "mm");
        double reach = EvidenceCatalogue.Value("landmark.brow-bend-scale", "mm");
        Vector3D Front(double above) => rays.Outermost(new Vector3D(x, canthus.Y + above, 0), Vector3D.UnitZ);
        Vector3D best = Front(lowest);
        double sharpest = double.NegativeInfinity;
        for (double above = lowest; above <= highest; above += 0.25)
        {
            Vector3D point = Front(above);
            double bend = point.Z - (0.5 * (Front(above - reach).Z + Front(above + reach).Z));
            if (bend > sharpest)
            {
                (sharpest, best) = (bend, point);
            }
        }

        return best;
    }
}

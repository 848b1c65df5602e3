using Threadwell.Geometry;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>Landmarks that <c>docs/landmarks.md</c> defines by construction from others: found on the finished skin by rays.</summary>
internal sealed class ConstructedLandmarks(TriangleMesh skin)
{
    // The definitions of docs/landmarks.md.
    private const double RamusShare = 0.45;
    private const double JawBodyShare = 0.67;
    private const double JowlShare = 0.4;
    private const double BrowShareOfCanthus = 0.85;
    private const double BrowChordFrom = 5;
    private const double BrowChordTo = 30;

    /// <summary>The angle of the jaw: where ramus and body of the jaw meet in the side view, on the outermost skin.</summary>
    public Vector3D Gonion(Vector3D tragus, Vector3D menton)
    {
        double cosine = ((RamusShare * RamusShare) + 1 - (JawBodyShare * JawBodyShare)) / (2 * RamusShare);
        double sine = Math.Sqrt(1 - (cosine * cosine));
        double dz = menton.Z - tragus.Z;
        double dy = menton.Y - tragus.Y;
        double z = tragus.Z + (RamusShare * ((cosine * dz) + (sine * dy)));
        double y = tragus.Y + (RamusShare * ((cosine * dy) - (sine * dz)));
        double side = Math.Sign(tragus.X);
        return Outermost(new Vector3D(0, y, z), side * Vector3D.UnitX);
    }

    /// <summary>The jowl on the border of the jaw.</summary>
    public Vector3D Jowl(Vector3D gonion, Vector3D menton)
    {
        Vector3D outward = Vector3D.Cross(gonion - menton, Vector3D.UnitY);
        outward = new Vector3D(outward.X, 0, outward.Z).Normalized();
        outward = Math.Sign(gonion.X) * Math.Sign(outward.X) * outward;
        return Outermost(Vector3D.Lerp(menton, gonion, JowlShare), (outward - Vector3D.UnitY).Normalized());
    }

    /// <summary>The fullest point of the brow above the lateral canthus.</summary>
    public Vector3D BrowPeak(Vector3D canthus)
    {
        double x = BrowShareOfCanthus * canthus.X;
        Vector3D Front(double above) => Outermost(new Vector3D(x, canthus.Y + above, 0), Vector3D.UnitZ);
        Vector3D low = Front(BrowChordFrom);
        Vector3D high = Front(BrowChordTo);
        Vector3D best = low;
        double farthest = double.NegativeInfinity;
        for (double above = BrowChordFrom; above <= BrowChordTo; above += 0.5)
        {
            Vector3D point = Front(above);
            double chord = low.Z + ((high.Z - low.Z) * (above - BrowChordFrom) / (BrowChordTo - BrowChordFrom));
            if (point.Z - chord > farthest)
            {
                (farthest, best) = (point.Z - chord, point);
            }
        }

        return best;
    }

    /// <summary>The last point of the skin on the line from a point in a direction: the outermost skin.</summary>
    private Vector3D Outermost(Vector3D origin, Vector3D direction)
    {
        double farthest = double.NegativeInfinity;
        for (int t = 0; t < skin.TriangleCount; t++)
        {
            Vector3D a = skin.Positions[skin.Triangles[3 * t]];
            Vector3D e1 = skin.Positions[skin.Triangles[(3 * t) + 1]] - a;
            Vector3D e2 = skin.Positions[skin.Triangles[(3 * t) + 2]] - a;

            // Moeller and Trumbore 1997.
            Vector3D p = Vector3D.Cross(direction, e2);
            double determinant = Vector3D.Dot(e1, p);
            if (Math.Abs(determinant) < 1e-12)
            {
                continue;
            }

            Vector3D s = origin - a;
            double u = Vector3D.Dot(s, p) / determinant;
            Vector3D q = Vector3D.Cross(s, e1);
            double v = Vector3D.Dot(direction, q) / determinant;
            if (u >= 0 && v >= 0 && u + v <= 1)
            {
                farthest = Math.Max(farthest, Vector3D.Dot(e2, q) / determinant);
            }
        }

        return double.IsFinite(farthest)
            ? origin + (farthest * direction)
            : throw new InvalidOperationException("The virtual head has no skin where a landmark is looked for.");
    }
}

namespace Threadwell.Mechanics.Linear;

/// <summary>The inverse of each node's 3 x 3 diagonal block.</summary>
internal sealed class BlockJacobi : Preconditioner
{
    private readonly double[] _inverse;

    public BlockJacobi(BlockSparseMatrix matrix)
    {
        _inverse = new double[9 * matrix.RowCount];
        for (int row = 0; row < matrix.RowCount; row++)
        {
            Invert(matrix.Values.AsSpan(9 * matrix.Diagonal[row], 9), _inverse.AsSpan(9 * row, 9));
        }
    }

    public override void Apply(double[] r, double[] z)
    {
        for (int row = 0; row < _inverse.Length / 9; row++)
        {
            ReadOnlySpan<double> m = _inverse.AsSpan(9 * row, 9);
            double x = r[3 * row], y = r[(3 * row) + 1], w = r[(3 * row) + 2];
            z[3 * row] = (m[0] * x) + (m[1] * y) + (m[2] * w);
            z[(3 * row) + 1] = (m[3] * x) + (m[4] * y) + (m[5] * w);
            z[(3 * row) + 2] = (m[6] * x) + (m[7] * y) + (m[8] * w);
        }
    }

    /// <summary>Inverse of a symmetric block; of a block that is not positive definite, the inverse of its diagonal.</summary>
    private static void Invert(ReadOnlySpan<float> a, Span<double> inverse)
    {
        double xx = a[0], xy = a[1], xz = a[2], yy = a[4], yz = a[5], zz = a[8];
        double cxx = (yy * zz) - (yz * yz), cxy = (xz * yz) - (xy * zz), cxz = (xy * yz) - (xz * yy);
        double determinant = (xx * cxx) + (xy * cxy) + (xz * cxz);
        inverse.Clear();
        if (xx > 0 && (xx * yy) - (xy * xy) > 0 && determinant > 0)
        {
            double s = 1 / determinant;
            inverse[0] = s * cxx;
            inverse[1] = inverse[3] = s * cxy;
            inverse[2] = inverse[6] = s * cxz;
            inverse[4] = s * ((xx * zz) - (xz * xz));
            inverse[5] = inverse[7] = s * ((xy * xz) - (xx * yz));
            inverse[8] = s * ((xx * yy) - (xy * xy));
            return;
        }

        inverse[0] = xx > 0 ? 1 / xx : 1;
        inverse[4] = yy > 0 ? 1 / yy : 1;
        inverse[8] = zz > 0 ? 1 / zz : 1;
    }
}

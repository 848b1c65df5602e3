namespace Threadwell.Mechanics.Threads;

/// <summary>Rows of a sparse matrix: entries of row r lie at <c>RowStart[r]</c> to <c>RowStart[r + 1]</c>, columns ascending.</summary>
/// <param name="RowStart">Start of each row; length rows + 1.</param>
/// <param name="Column">Column of each entry; for tissue rows a degree of freedom, 3 x node + axis.</param>
/// <param name="Value">Value of each entry.</param>
public sealed record SparseRows(int[] RowStart, int[] Column, double[] Value)
{
    /// <summary>Number of rows.</summary>
    public int RowCount => RowStart.Length - 1;
}

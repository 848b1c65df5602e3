namespace Threadwell.Web.Registry;

/// <summary>Numbers of the cells of a table: a digit for each dimension, and one for its period.</summary>
internal sealed class TableAxes
{
    private readonly RegistryCodes codes;
    private readonly int[] dimensions;
    private readonly long[] strides;

    /// <summary>Numbers them.</summary>
    /// <param name="codes">The registry's treatments.</param>
    /// <param name="dimensions">The dimensions of the table in order.</param>
    /// <param name="period">Its period; null where it is by none.</param>
    public TableAxes(RegistryCodes codes, int[] dimensions, (int? From, int? Until)? period)
    {
        this.codes = codes;
        this.dimensions = dimensions;
        strides = new long[dimensions.Length + (period is null ? 0 : 1)];
        long stride = 1;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            strides[axis] = stride;
            stride *= axis < dimensions.Length ? codes.Names[dimensions[axis]].Count : 1;
        }
    }

    /// <summary>How many axes: one for each dimension, and one for the period.</summary>
    public int Count => strides.Length;

    /// <summary>By what the next value of an axis has a larger number.</summary>
    public long Stride(int axis) => strides[axis];

    /// <summary>The number of the first cell inside or outside the period.</summary>
    public long Of(bool isWithin) => isWithin ? strides[^1] : 0;

    /// <summary>The number of a treatment's cell.</summary>
    public long Of(int row, bool isWithin)
    {
        long cell = Of(isWithin);
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            cell += strides[axis] * codes.Codes[dimensions[axis]][row];
        }

        return cell;
    }

    /// <summary>The number of the line along an axis on which a treatment's cell lies: the same for every value of that axis.</summary>
    public long Line(long cell, int axis, int row, bool isWithin) => cell - (strides[axis] * (axis < dimensions.Length ? codes.Codes[dimensions[axis]][row] : isWithin ? 1 : 0));
}

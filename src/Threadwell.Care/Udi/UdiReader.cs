using NodaTime;

namespace Threadwell.Care.Udi;

/// <summary>
/// Reads the unique device identification of a package from one barcode or from several that belong together, scanned or typed:
/// GS1 element strings (GS1 General Specifications 25) and HIBC (ANSI/HIBC 2.6).
/// </summary>
public static class UdiReader
{
    private const int MostBarcodes = 3;

    /// <summary>Reads the barcodes of one device, in any order.</summary>
    /// <param name="barcodes">Their texts as a scanner sends or a person types them.</param>
    /// <param name="today">The day, by which the century of two-digit years is told.</param>
    /// <exception cref="UdiException">They are no device identification, or do not belong together; the message names barcode and character.</exception>
    public static DeviceIdentification Read(IReadOnlyList<string> barcodes, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(barcodes);
        if (barcodes.Count is 0 or > MostBarcodes)
        {
            throw new UdiException(1, null, $"1 to {MostBarcodes} barcodes of one device are needed.", $"cần 1 đến {MostBarcodes} mã vạch của một thiết bị.");
        }

        UdiScan[] scans = [.. barcodes.Select((text, index) => UdiScan.Take(text, index + 1))];
        int other = Array.FindIndex(scans, scan => scan.IsHibc != scans[0].IsHibc);
        return other >= 0 ? throw scans[other].Defect(0, "one barcode is GS1 and the other HIBC; scan two of one kind.", "một mã là GS1, mã kia là HIBC; hãy quét hai mã cùng loại.")
            : scans[0].IsHibc ? HibcReader.Read(scans, today)
            : Gs1Reader.Read(scans, today);
    }

    /// <summary>Reads the barcodes of one device without throwing on a defect.</summary>
    /// <returns>What they say, or the error.</returns>
    public static (DeviceIdentification? Device, UdiException? Error) TryRead(IReadOnlyList<string> barcodes, LocalDate today)
    {
        try
        {
            return (Read(barcodes, today), null);
        }
        catch (UdiException error)
        {
            return (null, error);
        }
    }
}

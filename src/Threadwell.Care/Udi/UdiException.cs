using Threadwell.Care.Rules;

namespace Threadwell.Care.Udi;

/// <summary>A barcode or typed text is no unique device identification. It is the only thing that reading one throws, whatever the text.</summary>
public sealed class UdiException : Exception
{
    internal UdiException(int barcode, int? position, string en, string vi)
        : base(Place(barcode, position, "barcode", "character") + en)
    {
        Barcode = barcode;
        Position = position;
        Problem = new Wording(Message, Place(barcode, position, "mã vạch", "ký tự") + vi);
    }

    /// <summary>Which barcode, counted from 1.</summary>
    public int Barcode { get; }

    /// <summary>Which character of it, counted from 1; null for the whole.</summary>
    public int? Position { get; }

    /// <summary>Place and problem, as a person reads them.</summary>
    public Wording Problem { get; }

    private static string Place(int barcode, int? position, string barcodeWord, string characterWord) =>
        position is null ? $"{barcodeWord} {barcode}: " : $"{barcodeWord} {barcode}, {characterWord} {position}: ";
}

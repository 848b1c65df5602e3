using System.Globalization;
using Threadwell.Reports.Documents;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Treatments;

/// <summary>A thread's device identification as its card prints it: the same for a package that was scanned and for one that was typed.</summary>
internal static class CardIdentification
{
    private const int GtinDigits = 14;

    // FNC1 between elements, as a scanner sends it.
    private const char Separator = '\u001d';

    /// <summary>The identification; null where the product has none.</summary>
    public static DeviceIdentification? Of(ImplantedThread thread)
    {
        string identifier = thread.DeviceIdentifier;
        if (identifier.Length == GtinDigits && identifier.All(char.IsAsciiDigit))
        {
            string expiry = string.Create(CultureInfo.InvariantCulture, $"{thread.Expiry.Year % 100:00}{thread.Expiry.Month:00}{thread.Expiry.Day:00}");
            string serial = thread.Serial.Length == 0 ? "" : $"(21){thread.Serial}";
            string coded = thread.Serial.Length == 0 ? "" : $"{Separator}21{thread.Serial}";
            return new DeviceIdentification(IdentificationForm.Gs1, $"(01){identifier}(17){expiry}(10){thread.Lot}{serial}", $"01{identifier}17{expiry}10{thread.Lot}{coded}");
        }

        return thread.UdiText.StartsWith('+') ? new DeviceIdentification(IdentificationForm.Hibc, thread.UdiText, thread.UdiText)
            : identifier.Length > 0 ? new DeviceIdentification(IdentificationForm.Other, identifier, identifier)
            : null;
    }
}

package io.tidings.allinone;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What is written to it is seen until it falls: who stops a play wants to hear no more of it. */
final class Curtain extends FilterOutputStream {

    private volatile boolean fallen;

    Curtain(OutputStream stage) {
        super(stage);
    }

    void fall() {
        fallen = true;
    }

    @Override
    public void write(int octet) throws IOException {
        if (!fallen) {
            out.write(octet);
        }
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        if (!fallen) {
            out.write(octets, offset, length);
        }
    }
}

package io.tidings.warehouse.domain;

import io.tidings.bus.EventBus;
import io.tidings.events.Money;
import io.tidings.events.product.ProductListed;
import io.tidings.events.product.ProductPriceChanged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Where products are listed and priced. */
@Service
public class ProductCatalogue {

    private final Products products;
    private final Stocks stocks;
    private final EventBus eventBus;
    private final TransactionTemplate transactions;

    ProductCatalogue(Products products, Stocks stocks, EventBus eventBus, TransactionTemplate transactions) {
        this.products = products;
        this.stocks = stocks;
        this.eventBus = eventBus;
        this.transactions = transactions;
    }

    /**
     * Adds a product, of which nothing is in stock yet.
     *
     * @throws SkuTakenException if there is one of that sku
     */
    public Product list(String sku, String name, String category, Money price) {
        try {
            return transactions.execute(transaction -> {
                Product product = products.saveAndFlush(new Product(sku, name, category, price, Instant.now()));
                stocks.save(new Stock(sku));
                eventBus.publish(new ProductListed(sku, name, category, price));
                return product;
            });
        } catch (DataIntegrityViolationException duplicate) {
            throw new SkuTakenException(sku, duplicate);
        }
    }

    /** Changes a price from now on; returns the product, or nothing if there is none of that sku. */
    @Transactional
    public Optional<Product> changePrice(String sku, Money price) {
        Optional<Product> product = products.lock(sku);
        product.filter(found -> !found.price().equals(price)).ifPresent(found -> {
            eventBus.publish(new ProductPriceChanged(sku, found.price(), price));
            found.changePrice(price);
        });
        return product;
    }

    @Transactional(readOnly = true)
    public Optional<Product> find(String sku) {
        return products.findById(sku);
    }

    /** Products in the order of their skus: those after another. */
    @Transactional(readOnly = true)
    public List<Product> findAfter(String sku, int limit) {
        return products.findAfter(sku, Limit.of(limit));
    }
}
